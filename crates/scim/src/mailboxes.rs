//! Users with two e-mail addresses, for changes that mean one of them and leave the other.

use oinspect_core::{Cx, Finding};
use serde_json::{Value, json};

use crate::answer::{Answer, at};
use crate::kind::Kind;
use crate::schema::need;
use crate::user::{self, User};
use crate::verbs::Scim;

/// A user with an address at work, which is the primary one, and one at home.
#[derive(Debug)]
pub(crate) struct Mailboxes {
    pub(crate) user: User,
    pub(crate) work: String,
    pub(crate) home: String,
}

impl Mailboxes {
    /// A third address, which nobody has.
    pub(crate) fn other(&self) -> String {
        format!("other-{}", self.work)
    }
}

/// A user with two addresses, for one check alone.
///
/// # Errors
/// Not offered, where e-mail addresses have no type; blocked, where two of them are not kept.
pub(crate) fn own(cx: &mut Cx) -> Result<Mailboxes, Finding> {
    are_kept(cx)?;
    create(cx)
}

/// Whether a user keeps two addresses and shows them, found out once in a run.
///
/// # Errors
/// As [`own`].
pub(crate) fn are_kept(cx: &mut Cx) -> Result<(), Finding> {
    need(cx, Kind::User, "emails.type")?;
    cx.once("user with two e-mail addresses", |cx| {
        let Mailboxes { user, work, home } = create(cx)?;
        let both = |read: &Answer| {
            of_type(read, "work") == [work.clone()] && of_type(read, "home") == [home.clone()]
        };
        let read = cx.get_when(&user.path, both)?;
        if both(&read) {
            return Ok(());
        }
        Err(Finding::broken("the two addresses that were sent, each with its type", read.described()))
    })
    .map(drop)
}

fn create(cx: &mut Cx) -> Result<Mailboxes, Finding> {
    let mut body = user::new_body(cx)?;
    let work = at(&body, "userName").and_then(Value::as_str).filter(|name| name.contains('@'));
    let work = work.map_or_else(|| format!("{}@example.com", cx.name()), str::to_owned).to_lowercase();
    let home = format!("home-{work}");
    body["emails"] = json!([
        { "value": work, "type": "work", "primary": true },
        { "value": home, "type": "home", "primary": false },
    ]);
    let user = user::create(cx, body)
        .map_err(|finding| finding.as_obstacle("no user with two e-mail addresses could be created"))?;
    Ok(Mailboxes { user, work, home })
}

/// The elements of `emails`.
pub(crate) fn elements(answer: &Answer) -> &[Value] {
    answer.at("emails").and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// The addresses shown, in lower case and in order.
pub(crate) fn values(answer: &Answer) -> Vec<String> {
    let mut values: Vec<String> = elements(answer).iter().filter_map(value).collect();
    values.sort();
    values
}

/// The addresses of one type.
pub(crate) fn of_type(answer: &Answer, kind: &str) -> Vec<String> {
    let wanted = |one: &&Value| {
        at(one, "type").and_then(Value::as_str).is_some_and(|text| text.eq_ignore_ascii_case(kind))
    };
    elements(answer).iter().filter(wanted).filter_map(value).collect()
}

/// The primary addresses; at most one in a sound answer.
pub(crate) fn primary(answer: &Answer) -> Vec<String> {
    let marked = |one: &&Value| at(one, "primary") == Some(&Value::Bool(true));
    elements(answer).iter().filter(marked).filter_map(value).collect()
}

fn value(element: &Value) -> Option<String> {
    at(element, "value").and_then(Value::as_str).map(str::to_lowercase)
}

/// Judges that a user has these addresses and no others, each once.
///
/// # Errors
/// Broken, where it has not.
pub(crate) fn expect(cx: &mut Cx, user: &User, wanted: &[&str]) -> Result<Answer, Finding> {
    let mut wanted: Vec<String> = wanted.iter().map(|one| one.to_lowercase()).collect();
    wanted.sort();
    let read = cx.get_when(&user.path, |read| values(read) == wanted)?;
    let values = values(&read);
    if values == wanted {
        return Ok(read);
    }
    Err(Finding::broken(format!("the e-mail addresses {wanted:?}"), format!("{values:?}")))
}
