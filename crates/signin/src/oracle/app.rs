//! What a user declares about the pages of an app. All of it may be left out.

use url::Url;

use crate::page::Page;
use crate::selector::Selector;

/// Where an app shows whether somebody is signed in.
#[derive(Debug, Clone, Default)]
pub struct AppPages {
    /// A page for those who are signed in; otherwise where the happy login ends.
    pub protected: Option<Url>,
    /// What is to be seen only by those who are signed in.
    pub signed_in: Option<Selector>,
    /// What is to be seen only by those who are not.
    pub signed_out: Option<Selector>,
    /// The page that shows who is signed in.
    pub profile: Option<ProfilePage>,
    /// How one signs out.
    pub sign_out: Option<SignOut>,
}

/// A page that shows who is signed in.
#[derive(Debug, Clone)]
pub struct ProfilePage {
    /// Its address.
    pub url: Url,
    /// Where the first name stands.
    pub first_name: Option<Selector>,
    /// Where the last name stands.
    pub last_name: Option<Selector>,
    /// Where the address stands.
    pub email: Option<Selector>,
    /// Where each group stands.
    pub groups: Option<Selector>,
}

/// How one signs out.
#[derive(Debug, Clone)]
pub enum SignOut {
    /// By opening an address.
    Url(Url),
    /// By clicking there, on the protected page.
    Click(Selector),
}

/// What a profile page says. A place that is not declared or not there says nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Readback {
    /// The first name.
    pub first_name: Option<String>,
    /// The last name.
    pub last_name: Option<String>,
    /// The address.
    pub email: Option<String>,
    /// The groups, in the page's order.
    pub groups: Vec<String>,
}

impl ProfilePage {
    /// Reads the page, at which the agent stands now.
    pub fn read(&self, page: &Page) -> Readback {
        let at = |selector: &Option<Selector>| selector.as_ref().and_then(|selector| page.text_of(selector));
        Readback {
            first_name: at(&self.first_name),
            last_name: at(&self.last_name),
            email: at(&self.email),
            groups: self.groups.as_ref().map(|groups| page.texts_of(groups)).unwrap_or_default(),
        }
    }
}
