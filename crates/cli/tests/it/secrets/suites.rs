//! A Runscope suite may hold a secret anywhere, and may say it anywhere.

use serde_json::{Value, json};

use super::hostile::Hostile;
use super::{SECRET, expect_silence, with_formats};
use crate::door::{Answered, Door};
use crate::stage::Desk;

/// A suite that puts `{{key}}` and `{{auth}}` into every place that a suite has.
fn suite(name: &str) -> Value {
    let loud = "log(variables.get('auth')); log(encodeURIComponent(variables.get('key')));
        log(JSON.stringify({request, response}));
        variables.set('seen', 'x' + variables.get('key') + 'y');
        assert.equal(variables.get('key'), 'something else', 'not ' + variables.get('key'));";
    json!({
        "name": name,
        "description": "Written for these tests.",
        "steps": [{
            "step_type": "request",
            "note": "Required Test: find out what is said",
            "method": "POST",
            "url": "{{base}}/Users?access={{key}}&again=\"{{url_encode({{key}})}}\"",
            "headers": {
                "Authorization": "{{auth}}", "X-Key": ["{{key}}"], "Accept": "application/scim+json",
                "X-Base64": "{{encode_base64({{key}})}}", "Content-Type": "application/scim+json"
            },
            "body": "{\"schemas\": [\"urn:ietf:params:scim:schemas:core:2.0:User\"], \
                     \"userName\": \"{{key}}@example.com\", \"displayName\": \"{{encode_base64({{auth}})}}\"}",
            "before_scripts": ["request.headers['X-Mine'] = variables.get('key'); log(request.url);"],
            "scripts": [loud, "throw new Error(response.body)", "assert.include(response.body, 'nothing')"],
            "variables": [
                {"source": "response_json", "property": "userName", "name": "userName"},
                {"source": "response_json", "property": "id", "name": "id"},
                {"source": "response_headers", "property": "X-Seen", "name": "header"},
                {"source": "response_text", "property": "", "name": "everything"}
            ],
            "assertions": [
                {"comparison": "equal", "source": "response_json", "property": "userName", "value": "{{key}}"},
                {"comparison": "does_not_contain", "source": "response_text", "value": "{{key}}"},
                {"comparison": "equal", "source": "response_headers", "property": "X-Seen", "value": "{{auth}}"},
                {"comparison": "has_key", "source": "response_json", "property": "", "value": "{{auth}}"},
                {"comparison": "equal", "source": "response_json", "property": "", "value": "{}"},
                {"comparison": "equal", "source": "response_json", "property": "{{key}}", "value": ""},
                {"comparison": "equal", "source": "response_xml", "property": "//{{key}}", "value": ""}
            ]
        }, {
            "step_type": "request",
            "method": "POST", "url": "{{base}}/Users/{{key}}/{{seen}}",
            "auth": {"auth_type": "basic", "username": "{{userName}}", "password": "{{key}}"},
            "form": {"{{key}}": "{{header}}", "text": "{{everything}}"},
            "assertions": [{"comparison": "equal_number", "source": "response_status", "value": 299}]
        }, {
            "step_type": "request",
            "method": "GET", "url": "http://{{key}}.invalid/{{key}}", "headers": {"X-{{key}}": "{{auth}}"},
            "assertions": [{"comparison": "equal_number", "source": "response_status", "value": 200}]
        }]
    })
}

/// Runs the suite; what it makes is left there, so that it is listed as well.
fn run_suite(desk: &Desk, hostile: &Hostile, more: &[&str]) -> crate::stage::Said {
    desk.write("suite.json", &suite("Loud suite").to_string());
    desk.write(
        "initial.js",
        "log('begin ' + variables.get('auth')); variables.set('other', variables.get('key'));",
    );
    let base = format!("base={}", hostile.url);
    let mut args =
        vec!["runscope", "suite.json", "--verbose", "--initial-script", "initial.js", "--var", &base];
    args.extend(more);
    let said = desk.oinspect(&with_formats(&args));
    assert_eq!(said.code, 1, "{}{}", said.out, said.err);
    let report = desk.report();
    assert_eq!(report.withheld, 0);
    assert_eq!(report.summary.requests, 3, "{:?}", report.summary);
    said
}

#[test]
fn a_suite_s_secrets_from_the_command_line_come_back_in_no_output() {
    let hostile = Hostile::knowing(SECRET);
    let desk = Desk::new();
    let (key, auth) = (format!("key={SECRET}"), format!("auth=Bearer {SECRET}"));
    let said = run_suite(&desk, &hostile, &["--var", &key, "--var", &auth]);
    expect_silence(&desk, &said, SECRET, &[]);
}

#[test]
fn a_suite_s_secrets_from_the_environment_come_back_in_no_output() {
    let hostile = Hostile::knowing(SECRET);
    let desk = Desk::new().env("AUTH", &format!("Bearer {SECRET}")).env("KEY", SECRET);
    let said = run_suite(&desk, &hostile, &["--var", "key=${KEY}", "--var", "auth=${AUTH}"]);
    expect_silence(&desk, &said, SECRET, &[]);
}

#[test]
fn a_suite_s_secrets_from_the_configuration_come_back_in_no_output() {
    let hostile = Hostile::knowing(SECRET);
    let desk = Desk::new().env("AUTH", &format!("Bearer {SECRET}"));
    desk.write("oinspect.toml", "[scim]\nauth = \"${AUTH}\"\n");
    let said = run_suite(&desk, &hostile, &["--var", &format!("key={SECRET}")]);
    expect_silence(&desk, &said, SECRET, &[]);
}

#[test]
fn a_secret_that_stands_in_the_suite_itself_comes_back_in_no_output() {
    let hostile = Hostile::knowing(SECRET);
    let desk = Desk::new();
    let text = suite("Careless suite").to_string();
    let text = text.replace("{{key}}", SECRET).replace("{{auth}}", &format!("Bearer {SECRET}"));
    let text = text.replace("variables.get('key')", &format!("'{SECRET}'"));
    desk.write("suite.json", &text.replace("variables.get('auth')", "'nothing'"));
    let base = format!("base={}", hostile.url);
    let args = with_formats(&["runscope", "suite.json", "--verbose", "--var", &base]);
    let said = desk.oinspect(&args);
    assert_eq!((said.code, desk.report().withheld), (1, 0), "{}{}", said.out, said.err);
    expect_silence(&desk, &said, SECRET, &["suite.json"]);
}

#[test]
fn a_text_that_a_late_secret_cannot_be_cut_out_of_is_withheld_and_the_exit_code_says_so() {
    let door = Door::open(|asked| {
        let (first, second) = SECRET.split_at(4);
        let body = match asked.target.as_str() {
            "/first" => format!("{first}\n{second}"),
            _ => format!("{{\"value\":\"{SECRET}\"}}"),
        };
        Some(Answered { status: 200, headers: Vec::new(), body: body.into() })
    });
    let desk = Desk::new();
    let suite = json!({ "name": "Late", "steps": [
        { "step_type": "request", "method": "GET", "url": "{{base}}/first" },
        {
            "step_type": "request", "method": "GET", "url": "{{base}}/second",
            "variables": [{"source": "response_json", "property": "value", "name": "sessionToken"}]
        }
    ]});
    desk.write("suite.json", &suite.to_string());
    let base = format!("base={}", door.url);
    let said = desk.oinspect(&with_formats(&["runscope", "suite.json", "--var", &base]));
    assert_eq!((said.code, desk.report().withheld), (70, 1), "{}{}", said.out, said.err);
    expect_silence(&desk, &said, SECRET, &[]);
}

#[test]
fn a_secret_that_only_a_later_extraction_names_comes_back_in_no_output() {
    let door = Door::open(|_| {
        let body = format!("{{\"shown\":\"{SECRET}\",\"data\":{{\"value\":\"{SECRET}\"}}}}");
        Some(Answered {
            status: 200,
            headers: vec![("X-Said".to_owned(), SECRET.to_owned())],
            body: body.into(),
        })
    });
    let step = |property: &str, name: &str| {
        json!({
            "step_type": "request", "method": "GET", "url": "{{base}}/",
            "variables": [{"source": "response_json", "property": property, "name": name}],
            "assertions": [{"comparison": "equal", "source": "response_json", "property": "shown", "value": "1"}]
        })
    };
    let desk = Desk::new();
    let suite =
        json!({ "name": "Late", "steps": [step("shown", "first"), step("data.value", "sessionToken")] });
    desk.write("suite.json", &suite.to_string());
    let base = format!("base={}", door.url);
    let said = desk.oinspect(&with_formats(&["runscope", "suite.json", "--var", &base]));
    assert_eq!((said.code, desk.report().withheld), (1, 0), "{}{}", said.out, said.err);
    expect_silence(&desk, &said, SECRET, &[]);
}

#[test]
fn a_variable_from_the_environment_is_a_secret_whatever_it_is_called() {
    let secret = "sup3rs3cretkey";
    let app = crate::stage::healthy_app();
    let tenant = &app.tenants[0];
    let desk = Desk::new().env("LOOK", secret).env("AUTH", &format!("Bearer {}", tenant.token));
    let suite = crate::stage::repository().join("test-plans/first-look.runscope.json");
    let base = format!("SCIMBaseURL={}", tenant.scim_url);
    let suite = suite.to_str().unwrap();
    let variables =
        ["runscope", suite, "--cleanup", "--var", &base, "--var", "auth=${AUTH}", "--var", "lookId=${LOOK}"];
    let said = desk.oinspect(&variables);
    said.expect(0, &["everything required is kept"]);
    let report = desk.read("oinspect-out/report.json");
    assert!(!report.contains(secret) && report.contains("oinspect-look-[secret"), "{report}");
}
