//! Signing out.

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use super::*;
use crate::access::SIGN_IN;

async fn signed_in(bench: &Bench, ids: &AppIds) -> (String, String) {
    let cookie = bench.sign_in(None);
    let to = location(&bench.get(&authorize(ids, &[]), &cookie).await);
    let (_, tokens) = redeem(bench, ids, &parameter(&to, "code").unwrap(), &[]).await;
    (cookie, tokens["id_token"].as_str().unwrap().to_owned())
}

fn logout(parameters: &[(&str, &str)]) -> String {
    format!("/oauth2/v1/logout?{}", Serializer::new(String::new()).extend_pairs(parameters).finish())
}

#[tokio::test]
async fn a_sign_out_ends_the_orgs_session_and_comes_back_with_state() {
    let (bench, ids) = bench_with(rp()).await;
    let (cookie, hint) = signed_in(&bench, &ids).await;
    let bye = ("post_logout_redirect_uri", "https://rp.test/bye?a=1");
    bench.clock.advance(jiff::SignedDuration::from_mins(90));
    let path = logout(&[("id_token_hint", &hint), bye, ("state", "x y")]);
    assert_eq!(location(&bench.get(&path, &cookie).await), "https://rp.test/bye?a=1&state=x+y");
    assert!(location(&bench.get(&authorize(&ids, &[]), &cookie).await).starts_with(SIGN_IN));
    assert_eq!(bench.events().last(), Some(&"user.session.end"));
    assert_eq!(location(&bench.get(&logout(&[("id_token_hint", &hint)]), "").await), SIGN_IN);
}

#[tokio::test]
async fn a_sign_out_without_a_hint_or_to_elsewhere_is_a_page_of_the_org() {
    let (bench, ids) = bench_with(rp()).await;
    let (cookie, hint) = signed_in(&bench, &ids).await;
    let forged = oinspect_oidc::sign(
        &oinspect_oidc::decode(&hint).unwrap().claims,
        &bench.org.provider.keys().rogue,
        &[],
    );
    let elsewhere = ("post_logout_redirect_uri", "https://evil.test/");
    for parameters in [&[][..], &[("id_token_hint", forged.as_str())], &[("id_token_hint", &hint), elsewhere]]
    {
        assert_eq!(bench.get(&logout(parameters), &cookie).await.status(), 400, "{parameters:?}");
    }
}

#[tokio::test]
async fn apps_hear_of_a_sign_out_where_that_is_switched_on() {
    let bench = Bench::with(|settings| settings.logout_channels = true).await;
    let ear = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = ear.local_addr().unwrap();
    let ids = bench.install(App::oidc(
        "oidc",
        "Acme",
        OidcApp {
            backchannel_logout_uri: Some(format!("http://{address}/back")),
            frontchannel_logout_uri: Some("https://rp.test/front".to_owned()),
            ..rp()
        },
    ));
    let (cookie, hint) = signed_in(&bench, &ids).await;
    let heard = tokio::spawn(async move {
        let (mut stream, _) = ear.accept().await.unwrap();
        let mut text = String::new();
        let mut buffer = [0; 4096];
        // The form is one token, whose third part is 342 characters long.
        while text
            .split("logout_token=")
            .nth(1)
            .is_none_or(|token| token.splitn(3, '.').nth(2).is_none_or(|signature| signature.len() < 342))
        {
            let read = stream.read(&mut buffer).await.unwrap();
            assert!(read > 0, "{text}");
            text.push_str(&String::from_utf8_lossy(&buffer[..read]));
        }
        stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await.unwrap();
        text
    });
    let html = bench.get(&logout(&[("id_token_hint", &hint)]), &cookie).await.text().await.unwrap();
    assert!(html.contains("https://rp.test/front?iss=http"), "{html}");
    let heard = heard.await.unwrap();
    let token = heard.split("logout_token=").nth(1).unwrap().to_owned();
    let token = verified(&bench, &Value::String(token)).await;
    assert_eq!(token.text("sub"), Some(bench.user_id.as_str()));
    assert!(!token.claims.contains_key("nonce"));
    assert_eq!(token.header["typ"], "logout+jwt");
}
