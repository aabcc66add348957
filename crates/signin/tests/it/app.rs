//! A small app with a login, and an org on another host that posts to it.

use std::collections::HashMap;
use std::sync::mpsc;

use axum::Router;
use axum::extract::{Form, Query};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use url::Url;

/// A server that ends with its handle.
pub(crate) struct App {
    port: u16,
    _end: tokio::sync::oneshot::Sender<()>,
}

impl App {
    pub(crate) fn start() -> Self {
        let (tell, hear) = mpsc::channel();
        let (end, ended) = tokio::sync::oneshot::channel::<()>();
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async move {
                let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
                tell.send(listener.local_addr().unwrap().port()).unwrap();
                let serve = axum::serve(listener, router());
                tokio::select! { _ = serve => {}, _ = ended => {} }
            });
        });
        Self { port: hear.recv().unwrap(), _end: end }
    }

    /// A page of the app.
    pub(crate) fn at(&self, path: &str) -> Url {
        Url::parse(&format!("http://localhost:{}{path}", self.port)).unwrap()
    }

    /// A page of the org, which is another site.
    pub(crate) fn org(&self, path: &str) -> Url {
        Url::parse(&format!("http://127.0.0.1:{}{path}", self.port)).unwrap()
    }
}

fn router() -> Router {
    Router::new()
        .route("/home", get(home))
        .route("/login", get(login).post(sign_in))
        .route("/sso", get(sso))
        .route("/org", get(org))
        .route("/acs", post(acs))
        .route("/round", get(|| async { Redirect::to("/round2") }))
        .route("/round2", get(|| async { Redirect::to("/round") }))
        .route(
            "/script-round",
            get(|| async { Html("<script>location = '/script-round?' + Math.random()</script>") }),
        )
        .route("/slow", get(|| async { Html(SLOW) }))
        .route(
            "/data",
            get(|| async {
                tokio::time::sleep(std::time::Duration::from_millis(300)).await;
                "loaded"
            }),
        )
        .route("/meta", get(|| async { Html("<meta http-equiv=refresh content='0; url=/login'>") }))
        .route("/broken", get(|| async { (StatusCode::INTERNAL_SERVER_ERROR, "it broke") }))
        .route("/broken-empty", get(|| async { StatusCode::INTERNAL_SERVER_ERROR }))
        .route("/spa", get(|| async { Html(SPA) }))
}

const SLOW: &str = "<p id=out>waiting</p><script>
fetch('/data').then(r => r.text()).then(t => { document.getElementById('out').textContent = t; });
</script>";

const SPA: &str = "<style>.gone{display:none}</style><p id=a class=gone>Signed in</p><p id=b>Signed out</p>
<input id=field><a href='/login' target=_blank>To the login</a><script>
document.getElementById('field').addEventListener('input', e => { document.title = e.target.value; });
console.error('it says so');
</script>";

fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let all = headers.get(header::COOKIE)?.to_str().ok()?.to_owned();
    all.split("; ")
        .filter_map(|pair| pair.split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, v)| v.to_owned())
}

async fn home(headers: HeaderMap) -> Response {
    match cookie(&headers, "session") {
        Some(user) => Html(format!(
            "<title>Home</title><h1 id=signed-in>Welcome {user}</h1><a href=/sign-out>Sign out</a><p>Seen at 12:30:44</p>"
        ))
        .into_response(),
        None => Redirect::to("/login").into_response(),
    }
}

async fn login() -> Html<&'static str> {
    Html(
        "<title>Login</title><form id=signed-out method=post><label>Name <input name=user></label>
         <input name=password type=password><input type=hidden name=csrf value=8a7b6c5d4e3f>
         <button name=way value=password>Sign in</button><button name=way value=sso formaction=/sso formmethod=get>Use SSO</button></form>",
    )
}

async fn sign_in(Form(form): Form<HashMap<String, String>>) -> Response {
    if form.get("password").map(String::as_str) != Some("right") {
        return (StatusCode::UNAUTHORIZED, Html("<p class=error>Wrong password</p>")).into_response();
    }
    let cookie = format!("session={}; Path=/; HttpOnly; SameSite=Lax", form["user"]);
    ([(header::SET_COOKIE, cookie)], Redirect::to("/home")).into_response()
}

async fn sso(headers: HeaderMap) -> Response {
    let host = headers[header::HOST].to_str().unwrap();
    let port = host.rsplit(':').next().unwrap();
    let set = [
        (header::SET_COOKIE, "strict=1; SameSite=Strict"),
        (header::SET_COOKIE, "lax=1; SameSite=Lax"),
        (header::SET_COOKIE, "none=1; SameSite=None; Secure"),
    ];
    let to = format!("http://127.0.0.1:{port}/org?user=ann&app={host}");
    (axum::response::AppendHeaders(set), Redirect::to(&to)).into_response()
}

/// The org's page that posts itself.
async fn org(Query(query): Query<HashMap<String, String>>) -> Html<String> {
    let filler = "A".repeat(query.get("size").and_then(|size| size.parse().ok()).unwrap_or(100));
    Html(format!(
        "<body onload='document.forms[0].submit()'><form id=appForm method=post action='http://{}/acs'>
         <input type=hidden name=user value='{}'><input type=hidden name=filler value='{filler}'></form></body>",
        query["app"], query["user"]
    ))
}

async fn acs(headers: HeaderMap, Form(form): Form<HashMap<String, String>>) -> Response {
    let carried =
        headers.get(header::COOKIE).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default();
    let session = format!("session={}; Path=/; HttpOnly", form["user"]);
    let carried = format!("carried={}", carried.replace("; ", "+").replace('=', ":"));
    let set = [(header::SET_COOKIE, session), (header::SET_COOKIE, carried)];
    (StatusCode::SEE_OTHER, axum::response::AppendHeaders(set), [(header::LOCATION, "/home")]).into_response()
}
