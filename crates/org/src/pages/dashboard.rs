//! The end user's dashboard: a tile for each app.

use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};

use super::page;
use crate::access::DASHBOARD;
use crate::state::Shared;

#[derive(Template)]
#[template(path = "dashboard.html")]
struct Dashboard {
    name: String,
    login: String,
    tiles: Vec<Tile>,
}

struct Tile {
    label: String,
    link: String,
}

/// The dashboard of whoever is signed in.
pub(super) async fn show(State(org): State<Shared>, headers: HeaderMap) -> Response {
    let who = match org.require_sign_in(&headers, DASHBOARD) {
        Ok(who) => who,
        Err(detour) => return detour.into_response(),
    };
    let tiles = org
        .store()
        .tiles_of(&who.user.id)
        .into_iter()
        .map(|app| Tile { label: app.app.label.clone(), link: org.url(&app.embed_path()) })
        .collect();
    let dashboard = Dashboard { name: who.user.full_name(), login: who.user.login().to_owned(), tiles };
    page(StatusCode::OK, &dashboard)
}
