//! The users of a run: made in the org, assigned to the app, gone at the end.

use oinspect_core::{Cx, Finding};
use oinspect_okta::{NewUser, User};
use oinspect_signin::Identity;
use serde_json::json;

use crate::protocol::Protocol;
use crate::stage::stage;

/// A user in the org.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    /// The user in the org.
    pub(crate) user: User,
    /// The name to sign in with; the email address, too.
    pub(crate) login: String,
    /// The first name.
    pub(crate) first_name: String,
    /// The last name.
    pub(crate) last_name: String,
    /// The password.
    pub(crate) password: String,
}

impl Person {
    /// What of the user an app may show.
    pub(crate) fn identity(&self) -> Identity {
        Identity {
            login: self.login.clone(),
            email: self.login.clone(),
            first_name: self.first_name.clone(),
            last_name: self.last_name.clone(),
        }
    }
}

/// A user that no app has seen before, assigned to this one.
pub(crate) fn newcomer(cx: &mut Cx, protocol: Protocol, names: (&str, &str)) -> Result<Person, Finding> {
    let person = unassigned(cx, names)?;
    let instance = protocol.instance(cx)?;
    stage(cx)?.org.assign(cx, &instance.app_id, &person.user)?;
    Ok(person)
}

/// A user of the org who may not use the app.
pub(crate) fn unassigned(cx: &mut Cx, names: (&str, &str)) -> Result<Person, Finding> {
    let stage = stage(cx)?;
    let name = cx.name();
    let login = format!("{name}@{}", stage.people.domain);
    // The last letters of the name are unique in the run: so is the last name, where a page shows it.
    let last_name = names.1.replace("{name}", &name);
    make(cx, &login, names.0, &last_name, &password())
}

/// Somebody who has an account in the app: a newcomer where the app makes accounts just in time,
/// otherwise one of the configured logins.
pub(crate) fn acquainted(cx: &mut Cx, protocol: Protocol, which: usize) -> Result<Person, Finding> {
    let names = [("Ada", "Lovelace-{name}"), ("Grace", "Hopper-{name}")];
    let names = names[which % names.len()];
    let stage = stage(cx)?;
    let instance = protocol.instance(cx)?;
    if instance.jit {
        return newcomer(cx, protocol, names);
    }
    let Some(login) = stage.people.accounts.get(which).cloned() else {
        let what = "the app makes no accounts just in time: name two logins that it has in app.accounts";
        return Err(Finding::NotConfigured { what: what.to_owned() });
    };
    let (first, last) = (names.0, names.1.replace("{name}", &cx.session().run.to_string()));
    let existing = stage.org.user(cx, &login)?;
    let person = match (existing, &stage.people.password) {
        (Some(user), Some(password)) => {
            cx.session().redactor.learn(password);
            Person { user, login, first_name: first.to_owned(), last_name: last, password: password.clone() }
        }
        (Some(_), None) => {
            let what = format!("the org has {login} already: give its password in app.account_password");
            return Err(Finding::NotConfigured { what });
        }
        (None, _) => make(cx, &login, first, &last, &password())?,
    };
    stage.org.assign(cx, &instance.app_id, &person.user)?;
    Ok(person)
}

fn make(cx: &mut Cx, login: &str, first: &str, last: &str, password: &str) -> Result<Person, Finding> {
    cx.session().redactor.learn(password);
    let user = NewUser {
        login: login.to_owned(),
        email: login.to_owned(),
        first_name: first.to_owned(),
        last_name: last.to_owned(),
        password: password.to_owned(),
        groups: Vec::new(),
    };
    let user = stage(cx)?.org.create_user(cx, &user)?;
    Ok(Person {
        user,
        login: login.to_owned(),
        first_name: first.to_owned(),
        last_name: last.to_owned(),
        password: password.to_owned(),
    })
}

/// A password that every usual policy accepts. Not from the run's seed: nobody is to guess it.
fn password() -> String {
    let mut letters = String::from("Aa1!");
    letters.extend(std::iter::repeat_with(fastrand::alphanumeric).take(20));
    letters
}

/// Tells the org the person's present names.
pub(crate) fn rename(cx: &mut Cx, person: &Person) -> Result<(), Finding> {
    let profile = json!({ "firstName": person.first_name, "lastName": person.last_name });
    stage(cx)?.org.update_user(cx, &person.user.id, &profile).map(drop)
}
