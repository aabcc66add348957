//! Sign-in by OpenID Connect: started here and by the dashboard, and everything that is refused.

use oinspect_sample_app::{Settings, Variant};

use crate::idp::browser::{Browser, parameter};
use crate::idp::op::{Op, SECRET, basic};
use crate::setting::App;

pub(crate) async fn connected(op: &Op, settings: Settings) -> App {
    let sso = vec![("acme".to_owned(), op.trust()), ("globex".to_owned(), op.trust())];
    App::with(Settings { sso, ..settings }).await
}

#[tokio::test]
async fn a_sign_in_that_starts_here_makes_an_account_from_userinfo() {
    let op = Op::start().await;
    let app = connected(&op, Settings::default()).await;
    let mut browser = Browser::new(&app.running.tenants[0]);
    let login = browser.get("acme/login").await;
    assert!(login.text.contains("Sign in with OpenID Connect") && !login.text.contains("with SAML"));
    let url = browser.start("acme/oidc/login?return_to=reports/7").await;
    assert!(url.as_str().starts_with(&format!("{}/oauth2/v1/authorize?", op.issuer)));
    for (name, value) in [
        ("response_type", "code"),
        ("client_id", "0oaTest"),
        ("scope", "openid profile email"),
        ("code_challenge_method", "S256"),
        ("redirect_uri", &browser.tenant.oidc.redirect_uri.clone()),
    ] {
        assert_eq!(parameter(&url, name).as_deref(), Some(value));
    }
    let reply = browser.get(&format!("acme/{}", op.back(&url))).await;
    assert_eq!((reply.status, reply.header("location")), (303, "/t/acme/reports/7"), "{}", reply.text);
    let profile = browser.profile().await.unwrap();
    for shown in ["id=\"first-name\">Ann<", "id=\"last-name\">Ox<", "id=\"email\">ann@ex.test<"] {
        assert!(profile.contains(shown), "{shown}");
    }
    let (header, body) = op.knowledge.lock().unwrap().token_requests[0].clone();
    assert_eq!(basic(&header.unwrap()), "0oaTest:s3cret%2B%2F%3D");
    assert!(body.contains("code_verifier=") && !body.contains("client_secret"));
    let again = browser.start("acme/oidc/login").await;
    assert_ne!(parameter(&again, "state"), parameter(&url, "state"));
    assert_ne!(parameter(&again, "nonce"), parameter(&url, "nonce"));
    assert_eq!(browser.get(&format!("acme/{}", op.back(&again))).await.status, 303);
    assert_eq!(app.get("/Users").await.body["totalResults"], 1);
    assert_eq!(op.knowledge.lock().unwrap().discoveries, 1);
}

#[tokio::test]
async fn the_dashboard_may_start_a_sign_in_with_the_right_issuer_at_one_tenant() {
    let op = Op::start().await;
    let app = connected(&op, Settings::default()).await;
    let mut browser = Browser::new(&app.running.tenants[0]);
    let url = browser.start(&format!("acme/oidc/initiate?iss={}", op.issuer)).await;
    assert_eq!(browser.get(&format!("acme/{}", op.back(&url))).await.header("location"), "/t/acme/home");
    assert!(browser.is_signed_in().await);
    for wrong in ["?iss=https%3A%2F%2Fevil.example", ""] {
        assert_eq!(browser.get(&format!("acme/oidc/initiate{wrong}")).await.status, 400);
    }
    let mut other = Browser::new(&app.running.tenants[1]);
    assert_eq!(other.get(&format!("globex/oidc/initiate?iss={}", op.issuer)).await.status, 404);
}

#[tokio::test]
async fn a_callback_that_is_not_the_answer_to_this_browser_is_refused() {
    let op = Op::start().await;
    let app = connected(&op, Settings::default()).await;
    let mut attacker = Browser::new(&app.running.tenants[0]);
    let url = attacker.start("acme/oidc/login").await;
    let back = format!("acme/{}", op.back(&url));
    let mut victim = Browser::new(&app.running.tenants[0]);
    assert_eq!(victim.get(&back).await.status, 400);
    victim.start("acme/oidc/login").await;
    assert_eq!((victim.get(&back).await.status, victim.is_signed_in().await), (400, false));
    assert_eq!(attacker.get("acme/oidc/callback?code=x&state=y").await.status, 400);
    assert_eq!(attacker.get("acme/oidc/callback").await.status, 400);
    assert_eq!(attacker.get(&back).await.status, 303);
    assert_eq!(attacker.get(&back).await.status, 400);
    let denied =
        attacker.get("acme/oidc/callback?error=access_denied&error_description=%3Cb%3Eno&state=z").await;
    assert!(denied.status == 400 && denied.text.contains("access_denied: &#60;b&#62;no"), "{}", denied.text);
}

#[tokio::test]
async fn an_id_token_for_another_sign_in_client_or_from_another_key_is_refused() {
    for (what, bend) in [("nonce", 0), ("audience", 1), ("key", 2)] {
        let op = Op::start().await;
        let app = connected(&op, Settings::default()).await;
        let mut browser = Browser::new(&app.running.tenants[0]);
        {
            let mut knowledge = op.knowledge.lock().unwrap();
            match bend {
                0 => knowledge.nonce = Some("other".to_owned()),
                1 => knowledge.audience = Some("0oaOther".to_owned()),
                _ => knowledge.rogue = true,
            }
        }
        let url = browser.start("acme/oidc/login").await;
        let reply = browser.get(&format!("acme/{}", op.back(&url))).await;
        assert_eq!((reply.status, browser.is_signed_in().await), (400, false), "{what}: {}", reply.text);
        assert!(reply.text.contains("Back to the login page"));
    }
}

#[tokio::test]
async fn new_keys_are_fetched_when_a_token_names_one_that_is_unknown() {
    let op = Op::start().await;
    let app = connected(&op, Settings::default()).await;
    let mut browser = Browser::new(&app.running.tenants[0]);
    let url = browser.start("acme/oidc/login").await;
    op.knowledge.lock().unwrap().kid = "k2";
    let reply = browser.get(&format!("acme/{}", op.back(&url))).await;
    assert_eq!(reply.status, 303, "{}", reply.text);
    assert_eq!(op.knowledge.lock().unwrap().discoveries, 2);
}

#[tokio::test]
async fn a_provider_that_is_not_there_is_no_crash() {
    let op = Op::start().await;
    let mut trust = op.trust();
    trust.oidc.as_mut().unwrap().issuer = format!("{}/elsewhere", op.issuer);
    let app = App::with(Settings { sso: vec![("acme".to_owned(), trust)], ..Settings::default() }).await;
    let mut browser = Browser::new(&app.running.tenants[0]);
    let reply = browser.get("acme/oidc/login").await;
    assert!(reply.status == 502 && reply.text.contains("cannot be used at the moment"), "{}", reply.text);
}

#[tokio::test]
async fn the_session_at_the_provider_ends_too_where_the_tenant_wants_that() {
    let op = Op::start().await;
    let everywhere = vec!["acme".to_owned()];
    let app = connected(&op, Settings { sign_out_everywhere: everywhere, ..Settings::default() }).await;
    let mut browser = Browser::new(&app.running.tenants[0]);
    let url = browser.start("acme/oidc/login").await;
    browser.get(&format!("acme/{}", op.back(&url))).await;
    let reply = browser.get("acme/sign-out").await;
    assert!(reply.header("location").starts_with(&format!("{}/oauth2/v1/logout?id_token_hint=", op.issuer)));
    let page = browser.get("acme/oidc/signed-out").await;
    assert!(page.text.contains("id=\"signed-out\"") && !browser.is_signed_in().await);
}

#[tokio::test]
async fn the_secret_may_go_in_the_body_and_the_code_may_come_by_post() {
    let op = Op::start().await;
    let variants = vec![Variant::OidcClientSecretPost, Variant::OidcFormPost];
    let app = connected(&op, Settings { variants, ..Settings::default() }).await;
    let mut browser = Browser::new(&app.running.tenants[0]);
    let url = browser.start("acme/oidc/login").await;
    assert_eq!(parameter(&url, "response_mode").as_deref(), Some("form_post"));
    let (code, state) = (op.code(&url), parameter(&url, "state").unwrap());
    let callback = browser.tenant.oidc.redirect_uri.clone();
    let reply = browser.post_from_elsewhere(&callback, &[("code", &code), ("state", &state)]).await;
    assert_eq!(reply.status, 303);
    let location = reply.header("location").to_owned();
    assert_eq!(browser.get(&location).await.header("location"), "/t/acme/home");
    assert!(browser.is_signed_in().await);
    let (header, body) = op.knowledge.lock().unwrap().token_requests[0].clone();
    assert!(header.is_none() && body.contains("client_secret=s3cret") && SECRET.starts_with("s3cret"));
}
