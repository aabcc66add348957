//! A SCIM server that knows the credential of whoever asks, and says it in every form and place.

use std::fmt::Write;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Sender, channel};

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};
use oinspect_sample_app::{Running, Tenant};
use serde_json::{Value, json};

use crate::door::{Answered, Asked, Door, PATIENCE, ask};
use crate::stage::healthy_app;

/// The secret, and every text that says it.
pub(crate) fn spellings(secret: &str) -> Vec<String> {
    let each = |one: &dyn Fn(u8) -> String| secret.bytes().map(one).collect::<String>();
    let special = |one: &dyn Fn(u8) -> String| {
        each(&|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { one(byte) })
    };
    let percent = special(&|byte| format!("%{byte:02X}"));
    let hex = each(&|byte| format!("{byte:02x}"));
    let credential = format!("Bearer {secret}");
    let jwt = format!(
        "{}.{}.{}",
        URL_SAFE_NO_PAD.encode(r#"{"alg":"HS256","typ":"JWT"}"#),
        URL_SAFE_NO_PAD.encode(json!({ "sub": "ann", "credential": credential }).to_string()),
        URL_SAFE_NO_PAD.encode([200_u8; 32])
    );
    let mut all = vec![
        secret.to_owned(),
        credential.clone(),
        percent.to_lowercase(),
        percent.replace('%', "%25"),
        each(&|byte| format!("%{byte:02x}")),
        special(&|byte| format!("\\u{byte:04x}")),
        special(&|byte| format!("\\u{byte:04X}")),
        special(&|byte| format!("\\\\u{byte:04x}")),
        each(&|byte| format!("\\x{byte:02x}")),
        secret.replace('/', "\\/"),
        special(&|byte| format!("&#{byte};")),
        each(&|byte| format!("&#x{byte:X};")),
        secret.replace('+', "&plus;").replace('/', "&sol;").replace('=', "&equals;"),
        special(&|byte| format!("&amp;#{byte};")),
        format!("0x{}", hex.to_uppercase()),
        format!("a{hex}b"),
        STANDARD.encode(&hex),
        STANDARD.encode(STANDARD.encode(secret)),
        STANDARD.encode(&percent),
        STANDARD
            .encode([&[0, 255, 7, 128, 200, 3, 250, 129, 1][..], secret.as_bytes(), &[0, 254, 9]].concat()),
        jwt,
        percent,
        hex,
    ];
    for embedded in [secret.to_owned(), credential, format!("user:{secret}")] {
        all.push(STANDARD.encode(&embedded));
        all.push(STANDARD_NO_PAD.encode(&embedded));
        all.push(URL_SAFE.encode(&embedded));
        all.push(URL_SAFE_NO_PAD.encode(&embedded));
        all.push(STANDARD.encode(&embedded).replace('=', "%3D").replace('+', "%2B"));
    }
    all.extend((1..4).map(|odd| STANDARD.encode(format!("{}{secret}{}", "x".repeat(odd), "y".repeat(odd)))));
    all.push(format!("/Users/{}", STANDARD_NO_PAD.encode(secret)));
    let (first, second) = secret.split_at(secret.len() / 2);
    all.push(format!("{first}\n{second}"));
    all
}

/// The server: the sample app behind a door that adds the secret to every answer.
pub(crate) struct Hostile {
    pub(crate) url: String,
    /// Dropped first: whoever still waits gets no answer.
    _lives: Sender<()>,
    _door: Door,
    _app: Running,
}

impl Hostile {
    pub(crate) fn knowing(secret: &str) -> Self {
        Self::silent_after(usize::MAX, secret)
    }

    /// One that keeps later requests waiting for as long as it lives.
    pub(crate) fn silent_after(requests: usize, secret: &str) -> Self {
        let app = healthy_app();
        let (lives, ends) = channel::<()>();
        let ends = Mutex::new(ends);
        let tenant = app.tenants[0].clone();
        let (secret, asked_so_far) = (secret.to_owned(), AtomicUsize::new(0));
        let door = Door::open(move |asked| {
            let number = asked_so_far.fetch_add(1, Ordering::SeqCst);
            if number >= requests {
                let _ = ends.lock().unwrap().recv_timeout(PATIENCE);
                return None;
            }
            Some(betray(&secret, number, &behind(&secret, &tenant, asked)))
        });
        Self { url: format!("{}/scim/v2", door.url), _lives: lives, _door: door, _app: app }
    }
}

/// What the sample app answers to the same request with its own credential.
pub(crate) fn behind(secret: &str, tenant: &Tenant, mut asked: Asked) -> Answered {
    let origin = tenant.scim_url.strip_suffix("/acme/scim/v2").unwrap();
    asked.target = format!("/acme{}", asked.target);
    for (name, value) in &mut asked.headers {
        if name.eq_ignore_ascii_case("authorization") && *value == format!("Bearer {secret}") {
            *value = format!("Bearer {}", tenant.token);
        }
    }
    ask(origin, &asked)
}

/// The answer with the secret in it, each time in other places.
fn betray(secret: &str, number: usize, honest: &Answered) -> Answered {
    let all = spellings(secret);
    let spelling = &all[number % all.len()];
    let one_line = spelling.replace('\n', "");
    let mut answered = honest.clone();
    let mut header = |name: &str, value: String| answered.headers.push((name.to_owned(), value));
    header("X-Seen", one_line.clone());
    header("Set-Cookie", format!("seen={one_line}; Path=/{one_line}"));
    header("WWW-Authenticate", format!("Bearer realm=\"{one_line}\""));
    header("Link", format!("<https://example.com/?q={one_line}>; rel=\"next\""));
    let name: String =
        one_line.chars().filter(|c| c.is_ascii_alphanumeric() || "%-_.+&".contains(*c)).collect();
    if name == one_line {
        header(&name, "in a name".to_owned());
    }
    if number % 7 == 3 {
        header("Location", format!("https://example.com/{one_line}"));
    }
    answered.body = match serde_json::from_slice::<Value>(&honest.body) {
        _ if number % 11 == 5 => page(&all).into_bytes(),
        Err(_) => honest.body.clone(),
        Ok(mut json) => {
            add(&mut json, spelling, &all, number);
            // Escapes of its own, which no JSON writer undoes for us.
            json.to_string().replacen("PLACE", &raw(&all), 1).into_bytes()
        }
    };
    if number % 13 == 8 {
        answered.status = 500;
    }
    answered
}

/// Every spelling that a JSON text can hold as it is.
fn raw(all: &[String]) -> String {
    let whole = |one: &&String| serde_json::from_str::<String>(&format!("\"{one}\"")).is_ok();
    all.iter().filter(whole).fold(String::new(), |mut text, one| {
        let _ = write!(text, "{one} ");
        text
    })
}

fn add(json: &mut Value, spelling: &str, all: &[String], number: usize) {
    let Some(members) = json.as_object_mut() else { return };
    let is_error = members.contains_key("detail");
    members.insert("raw".to_owned(), json!("PLACE"));
    members.insert(spelling.to_owned(), json!({ spelling: spelling }));
    members.insert("said".to_owned(), json!(all));
    if is_error {
        members.insert("detail".to_owned(), json!(format!("no access with {spelling}")));
        members.insert("scimType".to_owned(), json!(spelling));
    }
    for (place, name) in ["id", "userName", "totalResults", "schemas", "displayName"].into_iter().enumerate()
    {
        if number % 17 == place && members.contains_key(name) {
            members.insert(name.to_owned(), json!(spelling));
        }
    }
    // Lists of users, and the schemas with their names of attributes.
    let lists = ["Resources", "attributes"];
    for list in lists {
        for one in members.get_mut(list).and_then(Value::as_array_mut).into_iter().flatten().take(2) {
            if number % 5 == 1 {
                one["name"] = json!(spelling);
                one[spelling] = json!("in a name");
            }
        }
    }
}

fn page(all: &[String]) -> String {
    let list: Vec<String> = all.iter().map(|one| format!("<li title='{one}'>{one}</li>\n")).collect();
    let list = list.concat();
    format!("<!doctype html><title>403 {}</title><ul>{list}</ul><!-- {} -->", all[0], all[1])
}
