//! Taking requests off the wire and handing them to what answers them.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderName, Method, Response, header};
use tokio::sync::Notify;

use super::authorization::Tokens;
use super::race::Creations;
use super::route::{Route, legacy_base};
use super::{TENANTS, admin, door, extremes, garbled, later, lies, oauth, picky};
use crate::fault::{AuthFault, ConcurrencyFault, CursorFault, HttpFault, LegacyFault, MembershipFault};
use crate::http::{Answer, Query, Refusal};
use crate::misbehaviour::Misbehaviour;
use crate::portal::{Portal, Visit};
use crate::schema::ResourceType;
use crate::scim::{Call, Conditions, LegacyCall, Payload, Service};
use crate::store::{Record, Store};
use crate::switches::Switches;
use crate::variant::Variant;

/// More than this is not even read to answer 413.
const MAX_READ: usize = 16 * 1_048_576;

/// How long a request that can be overtaken takes between reading and writing.
const THINKING: Duration = Duration::from_millis(250);

/// Everything that the site is made of.
#[derive(Debug)]
pub(crate) struct Site {
    pub store: Mutex<Store>,
    pub tokens: Mutex<Tokens>,
    pub switches: Switches,
    pub misbehaviour: Option<Misbehaviour>,
    /// The SCIM base URIs of the tenants, in their order.
    pub bases: Vec<String>,
    /// What people see of the tenants, in their order.
    pub portals: Vec<Arc<Portal>>,
    pub requests: AtomicUsize,
    pub creations: Creations,
    /// How many PATCHes of a path are under way, where a fault wants to know.
    pub patches: Mutex<HashMap<String, usize>>,
    /// Told when the server is to stop by itself.
    pub end: Notify,
}

/// One service for every path: SCIM wants its own answers to unknown paths and wrong methods.
pub(crate) fn router(site: Arc<Site>) -> Router {
    Router::new().fallback(answer).with_state(site)
}

async fn answer(State(site): State<Arc<Site>>, request: Request) -> Response<Body> {
    let (mut parts, body) = request.into_parts();
    let body = to_bytes(body, MAX_READ).await;
    let switches = site.switches;
    let Ok(body) = body else {
        return Refusal::new(413, "the body is too large").answer(switches).response(switches);
    };
    let of_group = parts.uri.path().contains("/Groups/");
    if switches.has(MembershipFault::ConcurrentAddsLoseMembers) && of_group && parts.method == Method::PATCH {
        site.lose_updates(&mut parts).await;
    }
    // The store is one connection behind a lock; waiting for it must not hold up the runtime.
    let answered = tokio::task::spawn_blocking(move || site.answer(&parts, &body)).await;
    let answer = answered.unwrap_or_else(|_| Refusal::internal().answer(switches));
    answer.response(switches)
}

/// How long a PATCH lets others overtake it where updates get lost.
const OVERTAKEN: Duration = Duration::from_millis(100);

impl Site {
    /// Of PATCHes of one path at the same time only the last leaves anything behind; the others read.
    async fn lose_updates(&self, parts: &mut Parts) {
        let path = parts.uri.path().to_owned();
        let count = |change: fn(&mut usize)| {
            let mut patches = self.patches.lock().unwrap_or_else(PoisonError::into_inner);
            let under_way = patches.entry(path.clone()).or_default();
            change(under_way);
            *under_way
        };
        count(|under_way| *under_way += 1);
        tokio::time::sleep(OVERTAKEN).await;
        if count(|under_way| *under_way -= 1) > 0 {
            parts.method = Method::GET;
        }
    }

    fn answer(&self, parts: &Parts, body: &Bytes) -> Answer {
        let number = self.requests.fetch_add(1, Ordering::Relaxed) + 1;
        match self.misbehave(number, parts, body) {
            Some(answer) => answer,
            None => {
                let sound = self.behave(parts, body).unwrap_or_else(|refusal| refusal.answer(self.switches));
                match self.misbehaviour {
                    Some(misbehaviour) => lies::bent(misbehaviour, number, sound),
                    None => sound,
                }
            }
        }
    }

    fn behave(&self, parts: &Parts, body: &Bytes) -> Result<Answer, Refusal> {
        let text = |name: HeaderName| text(parts, name);
        let method = parts.method.as_str();
        let authorization = text(header::AUTHORIZATION);
        let media_type = text(header::CONTENT_TYPE);
        match Route::of(parts.uri.path()) {
            Route::Unknown => Err(Refusal::not_found("this path")),
            Route::Token => {
                let mut tokens = self.tokens.lock().unwrap_or_else(PoisonError::into_inner);
                let (media_type, authorization) = (media_type.as_deref(), authorization.as_deref());
                Ok(oauth::token(method, media_type, authorization, body, &mut tokens))
            }
            Route::Portal { tenant, below, slash_at_end } => {
                let portal = self.portals.get(tenant).ok_or_else(|| Refusal::not_found("this tenant"))?;
                Ok(portal.answer(&Visit {
                    method,
                    below: below.iter().map(String::as_str).collect(),
                    slash_at_end,
                    query: Visit::fields(parts.uri.query().unwrap_or_default().as_bytes()),
                    form: Visit::fields(body),
                    cookies: text(header::COOKIE),
                    store: &self.store,
                }))
            }
            Route::Admin { tenant } => match method {
                "GET" | "HEAD" => {
                    admin::page(&self.store.lock().unwrap_or_else(PoisonError::into_inner), tenant)
                }
                _ => Err(Refusal::method_not_allowed("GET, HEAD")),
            },
            Route::Scim { tenant, below } => {
                let tokens = self.tokens.lock().unwrap_or_else(PoisonError::into_inner);
                let authorization = authorization.as_deref();
                let admitted = tokens.check(tenant, authorization, self.switches).or_else(|refusal| {
                    let leaky = door::is_leaky(&tokens, tenant, authorization, parts, self.switches);
                    let discovers = ["ServiceProviderConfig", "ResourceTypes", "Schemas"];
                    let open = self.switches.is(Variant::DiscoveryOpen)
                        && method == "GET"
                        && below.first().is_some_and(|first| discovers.contains(&first.as_str()));
                    let by_cursor = self.switches.has(CursorFault::CursorOpensEverything)
                        && parts
                            .uri
                            .query()
                            .is_some_and(|query| query.contains("cursor=") && !query.ends_with("cursor="));
                    if leaky || open || by_cursor { Ok(()) } else { Err(refusal) }
                });
                drop(tokens);
                let answer = match admitted {
                    Ok(()) => self.scim(tenant, below, parts, body)?,
                    Err(refusal) => self.unadmitted(tenant, &below, &refusal)?,
                };
                Ok(garbled::garbled(answer, method, authorization, self.switches))
            }
            Route::Legacy { tenant, below } => {
                let needs_none = authorization.is_none() && self.switches.has(LegacyFault::NoTokenNeeded);
                let tokens = self.tokens.lock().unwrap_or_else(PoisonError::into_inner);
                let door = match tokens.check(tenant, authorization.as_deref(), self.switches) {
                    Err(refusal) if !needs_none => Err(refusal),
                    Ok(()) | Err(_) => Ok(()),
                };
                drop(tokens);
                let call = LegacyCall {
                    method,
                    path: below,
                    query: Query::parse(parts.uri.query().unwrap_or_default(), self.switches)?,
                    body,
                };
                let base = self.bases.get(tenant).map(|base| legacy_base(base)).unwrap_or_default();
                let store = self.store.lock().unwrap_or_else(PoisonError::into_inner);
                Ok(Service { base: &base, ..self.service(&store, tenant) }.answer_legacy(door, &call))
            }
        }
    }

    /// The refusal of whoever is not let in.
    fn unadmitted(&self, tenant: usize, below: &[String], refusal: &Refusal) -> Result<Answer, Refusal> {
        if let ([endpoint, id], true) = (below, self.switches.has(AuthFault::LookedUpBeforeRefused))
            && endpoint == "Users"
        {
            let tenant = u32::try_from(tenant).unwrap_or(u32::MAX);
            let store = self.store.lock().unwrap_or_else(PoisonError::into_inner);
            if store.find(tenant, ResourceType::User, id)?.is_none() {
                return Ok(Refusal::not_found("User").answer(self.switches));
            }
        }
        Ok(refusal.answer(self.switches))
    }

    /// The answer to a client that was let in.
    fn scim(&self, tenant: usize, below: Vec<String>, parts: &Parts, body: &[u8]) -> Result<Answer, Refusal> {
        if let Some(answer) = picky::answer(parts, body, self.switches) {
            return Ok(answer);
        }
        let text = |name: HeaderName| text(parts, name);
        let method = parts.method.as_str();
        let media_type = text(header::CONTENT_TYPE);
        let conditions =
            Conditions { if_match: text(header::IF_MATCH), if_none_match: text(header::IF_NONE_MATCH) };
        let call = Call {
            method,
            path: below,
            query: Query::parse(parts.uri.query().unwrap_or_default(), self.switches)?,
            conditions,
            payload: Payload::Bytes { media_type: media_type.as_deref(), bytes: body },
        };
        let base = self.bases.get(tenant).map_or("", String::as_str);
        let forged = text(header::HOST).filter(|_| self.switches.has(HttpFault::LocationFromHost));
        let forged =
            forged.map(|host| format!("http://{host}/{}/scim/v2", TENANTS.get(tenant).unwrap_or(&"")));
        let early = self.reads_early(tenant, &call);
        let lock = || self.store.lock().unwrap_or_else(PoisonError::into_inner);
        let is_free = |name: &str| self.service(&lock(), tenant).name_is_free(name);
        let switches = self.creations.meet(self.switches, &call, is_free)?;
        let store = lock();
        let early = early.as_ref();
        let base = forged.as_deref().unwrap_or(base);
        let service = Service { base, switches, early, ..self.service(&store, tenant) };
        let answer = service.answer(&call);
        Ok(later::later(answer, method, text(HeaderName::from_static("prefer")).as_deref(), self.switches))
    }

    /// The service of a tenant.
    fn service<'a>(&'a self, store: &'a Store, tenant: usize) -> Service<'a> {
        Service {
            store,
            tenant: u32::try_from(tenant).unwrap_or(u32::MAX),
            base: self.bases.get(tenant).map_or("", String::as_str),
            switches: self.switches,
            early: None,
        }
    }

    /// What a PATCH reads before it takes its time, where a fault lets others in between.
    fn reads_early(&self, tenant: usize, call: &Call<'_>) -> Option<Record> {
        let overtakes = self.switches.has(ConcurrencyFault::UpdatesLost)
            || self.switches.has(ConcurrencyFault::ConflictAnswers500);
        let id = call.path.get(1).filter(|_| overtakes && call.method == "PATCH")?;
        let store = self.store.lock().unwrap_or_else(PoisonError::into_inner);
        let tenant = u32::try_from(tenant).unwrap_or(u32::MAX);
        let early = store.find(tenant, ResourceType::User, id).ok().flatten();
        drop(store);
        let (thinking, bell) = (Mutex::new(()), Condvar::new());
        let guard = thinking.lock().unwrap_or_else(PoisonError::into_inner);
        drop(bell.wait_timeout_while(guard, THINKING, |()| true));
        early
    }

    /// What a server does that is out of order as a whole; `None` where it behaves.
    fn misbehave(&self, number: usize, parts: &Parts, body: &Bytes) -> Option<Answer> {
        let method = parts.method.as_str();
        match self.misbehaviour? {
            Misbehaviour::AcceptsEverything => {
                let path = parts.uri.path();
                let tenant = TENANTS.iter().position(|name| path.starts_with(&format!("/{name}/")));
                let base = self.bases.get(tenant.unwrap_or(0)).map_or("", String::as_str);
                Some(extremes::accept(method, path, base, body))
            }
            Misbehaviour::RejectsEverything => Some(extremes::reject(method, self.switches)),
            Misbehaviour::AnswersHtml => {
                let page = "<!doctype html><html lang=\"en\"><title>Welcome</title><h1>Welcome</h1></html>";
                Some(Answer::html(200, page.to_owned()))
            }
            Misbehaviour::RedirectLoop => Some(Answer::nothing(302).with("location", parts.uri.to_string())),
            Misbehaviour::RateLimited if number <= Misbehaviour::RATE_LIMITED_FIRST => {
                let refusal = Refusal::new(429, "too many requests");
                Some(refusal.answer(self.switches).with("retry-after", "1"))
            }
            Misbehaviour::Dies => {
                if number >= Misbehaviour::DIES_AFTER {
                    self.end.notify_one();
                }
                None
            }
            Misbehaviour::RateLimited
            | Misbehaviour::Hangs
            | Misbehaviour::ClosesHalfWay
            | Misbehaviour::Answers1Gb
            | Misbehaviour::LoginPageWhateverHappens
            | Misbehaviour::SamePageForEverybody
            | Misbehaviour::EverybodySignedIn
            | Misbehaviour::SsoAnswers500
            | Misbehaviour::SignInLoop
            | Misbehaviour::EndlessPages
            | Misbehaviour::GrowingTotals
            | Misbehaviour::SameCursor
            | Misbehaviour::TenMegabytes
            | Misbehaviour::SwollenTexts
            | Misbehaviour::NestedJson
            | Misbehaviour::Utf16
            | Misbehaviour::Latin1
            | Misbehaviour::CutChunks
            | Misbehaviour::Drips => None,
        }
    }
}

/// All values of a header, joined.
fn text(parts: &Parts, name: HeaderName) -> Option<String> {
    let values: Vec<&str> =
        parts.headers.get_all(name).iter().filter_map(|value| value.to_str().ok()).collect();
    (!values.is_empty()).then(|| values.join(","))
}
