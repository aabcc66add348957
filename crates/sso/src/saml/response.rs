//! What a service provider makes of responses: good ones of every legal form, and bent ones.

use oinspect_core::Capability::{
    BendableOrg, SamlDeepLink, SamlEncryption, SamlIdpFlow, SamlJit, SamlSpFlow,
};
use oinspect_core::Document::{SamlBindings, SamlCore, SamlInterop, SamlMetadata, SamlProfiles};
use oinspect_core::{Check, Cx, Finding, Group, Level, may, must, oin_demands, should};
use oinspect_saml::Bend;
use oinspect_signin::{Act, Page};
use url::Url;

use crate::attempt::{attempt, judged};
use crate::batch::{Trick, batch};
use crate::landing;
use crate::person::{Person, newcomer};
use crate::protocol::Protocol;
use crate::rehearsal::rehearsed;
use crate::saml::app::SamlInstance;
use crate::saml::seen;
use crate::stage::stage;
use crate::walk::{Walk, tile};

const SAML: Protocol = Protocol::Saml;

pub(crate) static GROUP: Group = Group {
    id: "saml.response",
    title: "What the service provider makes of responses",
    tags: &["sso", "saml", "response"],
    alone: false,
    checks: &[
        Check {
            id: "saml.response.assertion-only",
            title: "A response of which only the assertion is signed is accepted",
            requirement: should(SamlProfiles, "4.1.4.5", "in the POST binding a signed assertion is enough")
                .okta(Level::Should)
                .entra(Level::Must),
            needs: &[BendableOrg],
            pitfall: "The response's own signature is demanded, too: some orgs do not have it.",
            fix: "Accept a response whose assertion is signed by the trusted key, and read nothing but that assertion.",
            run: |cx| accepted(cx, Bend::AssertionOnly),
        },
        Check {
            id: "saml.response.response-only",
            title: "A response that is signed as a whole is accepted",
            requirement: should(SamlMetadata, "2.4.4", "a signature around the response covers its assertion, unless the metadata want assertions signed")
                .okta(Level::Should),
            needs: &[BendableOrg],
            pitfall: "Only a signature directly in the assertion is looked for.",
            fix: "Accept a signature over the whole response, or say WantAssertionsSigned in the metadata.",
            run: |cx| {
                let app = cx.settings::<SamlInstance>()?;
                if app.metadata.as_ref().is_some_and(|metadata| metadata.want_assertions_signed) {
                    let why = "the metadata say WantAssertionsSigned: such a response may be refused".to_owned();
                    return Err(Finding::NotApplicable { why });
                }
                accepted(cx, Bend::ResponseOnly)
            },
        },
        Check {
            id: "saml.response.encrypted",
            title: "An encrypted assertion is accepted",
            requirement: must(SamlInterop, "IIP-SP08", "a service provider can decrypt assertions").okta(Level::Should),
            needs: &[BendableOrg, SamlEncryption],
            pitfall: "The key in the metadata is not the one that the app decrypts with.",
            fix: "Decrypt with the private key of the published certificate (AES-256-GCM, RSA-OAEP), or publish none.",
            run: |cx| accepted(cx, Bend::Encrypted),
        },
        Check {
            id: "saml.response.deep-link",
            title: "Sign-on from a page deep in the app leads back there",
            requirement: must(SamlInterop, "IIP-SP09", "who asked for a page before signing on gets that page afterwards")
                .okta(Level::Should),
            needs: &[SamlSpFlow, SamlDeepLink],
            pitfall: "Everybody lands on the start page, because the page asked for is not remembered.",
            fix: "Keep the address under a short key, send the key as RelayState, and go there after sign-on.",
            run: |cx| landing::deep_link(cx, SAML),
        },
        Check {
            id: "saml.response.idp-relay-state",
            title: "The relay state of the IdP flow chooses the page",
            requirement: may(SamlBindings, "3.4.3", "a response without a request may carry a relay state that both sides agreed on")
                .okta(Level::Should),
            needs: &[SamlIdpFlow, SamlDeepLink],
            pitfall: "The relay state is only understood where the app made it itself.",
            fix: "Take a relay state that is an address or path of the app itself as the page to show.",
            run: relay_state,
        },
        Check {
            id: "saml.response.foreign-relay-state",
            title: "A relay state that names another site leads nowhere else",
            requirement: should(SamlBindings, "3.4.3", "a relay state may have been changed on its way and is not trusted")
                .okta(Level::Must),
            needs: &[SamlIdpFlow],
            pitfall: "The app redirects to whatever the relay state says: a door for phishing.",
            fix: "Follow a relay state only to paths of the app itself.",
            run: foreign_relay_state,
        },
        Check {
            id: "saml.response.not-moved",
            title: "The response is taken where it is posted",
            requirement: oin_demands("Test your integration",
                "the consumer service answers itself; a redirect that repeats the POST loses or repeats the response",
            ),
            needs: &[],
            pitfall: "A proxy answers 307 or 308 to add a slash, or to change http into https.",
            fix: "Register the consumer service under its final address.",
            run: not_moved,
        },
        Check {
            id: "saml.response.second-login",
            title: "A user who is signed in already can sign on again",
            requirement: oin_demands("Test your integration", "opening the tile a second time works as the first time does"),
            needs: &[SamlIdpFlow],
            pitfall: "A live session makes the consumer service answer with an error.",
            fix: "Replace the old session by a new one.",
            run: |cx| landing::second_login(cx, SAML),
        },
        Check {
            id: "saml.response.switch-user",
            title: "Sign-on by another user in the same browser ends the first one's session",
            requirement: oin_demands("Test your integration",
                "a user who opens the tile is signed in as that user, whoever used the browser before",
            ),
            needs: &[SamlIdpFlow],
            pitfall: "The old session wins: the second user sees the first one's data.",
            fix: "Begin a new session for the assertion's subject, whoever was signed in before.",
            run: |cx| landing::switch_user(cx, SAML),
        },
        Check {
            id: "saml.response.wrong-audience",
            title: "A response for another service provider is refused",
            requirement: must(SamlProfiles, "4.1.4.3", "an assertion whose audience is somebody else is not accepted")
                .okta(Level::Must)
                .entra(Level::Must),
            needs: &[BendableOrg],
            pitfall: "The audience is never compared: another customer's app can sign in with what it receives.",
            fix: "Compare the audience with the app's own entity id.",
            run: |cx| refused(cx, "a response for another audience"),
        },
        Check {
            id: "saml.response.unknown-key",
            title: "A response signed by an unknown key is refused",
            requirement: must(SamlProfiles, "4.1.4.3", "a signature counts only by a key that the identity provider's metadata name")
                .okta(Level::Must)
                .entra(Level::Must),
            needs: &[BendableOrg],
            pitfall: "The certificate in the message itself is trusted, so that anybody can sign.",
            fix: "Verify with the configured certificate and ignore the one in KeyInfo.",
            run: |cx| refused(cx, "a response signed by an unknown key"),
        },
        Check {
            id: "saml.response.unsigned",
            title: "A response that nobody signed is refused",
            requirement: must(SamlProfiles, "4.1.4.5", "in the POST binding the assertion is protected by a signature")
                .okta(Level::Must)
                .entra(Level::Must),
            needs: &[BendableOrg],
            pitfall: "A signature is verified where there is one: whoever leaves it out is anybody.",
            fix: "Refuse a response of which neither the whole nor the assertion is signed by the trusted key.",
            run: |cx| refused(cx, "an unsigned response"),
        },
        Check {
            id: "saml.response.expired",
            title: "An expired response is refused",
            requirement: must(SamlCore, "2.5.1.2", "an assertion is not valid after the end of its conditions")
                .okta(Level::Must)
                .entra(Level::Must),
            needs: &[BendableOrg],
            pitfall: "NotOnOrAfter is not read, or the clocks may differ by hours.",
            fix: "Refuse assertions whose time is over, with at most some minutes of tolerance.",
            run: |cx| refused(cx, "an expired response"),
        },
        Check {
            id: "saml.response.refusal-is-a-page",
            title: "A refused response ends in a page for people",
            requirement: should(SamlProfiles, "4.1.3.6", "the service provider denies access with an answer of its own")
                .okta(Level::Should),
            needs: &[BendableOrg, SamlJit],
            pitfall: "An exception, an empty page, or a new attempt without end.",
            fix: "Answer with a page that says that sign-on failed and offers a way back.",
            run: refusal_is_a_page,
        },
    ],
};

static TRICKS: &[Trick] = &[
    Trick {
        name: "a response for another audience",
        about: "the audience of the response is another service provider",
        bend: |cx, person| bend(cx, person, Bend::WrongAudience),
        mend,
    },
    Trick {
        name: "a response signed by an unknown key",
        about: "the response is signed by a key that the metadata do not name",
        bend: |cx, person| bend(cx, person, Bend::UnknownKey),
        mend,
    },
    Trick {
        name: "an unsigned response",
        about: "neither the response nor its assertion is signed",
        bend: |cx, person| bend(cx, person, Bend::Unsigned),
        mend,
    },
    Trick {
        name: "an expired response",
        about: "the response was over an hour ago",
        bend: |cx, person| bend(cx, person, Bend::Expired),
        mend,
    },
];

fn bend(cx: &Cx, person: &Person, bend: Bend) -> Result<(), Finding> {
    stage(cx)?.saml.bend(&person.login, bend);
    Ok(())
}

fn mend(cx: &Cx, person: &Person) -> Result<bool, Finding> {
    Ok(stage(cx)?.saml.mend(&person.login))
}

fn refused(cx: &mut Cx, trick: &str) -> Result<(), Finding> {
    batch(cx, SAML, TRICKS)?.of(trick)
}

/// A good response of another form.
fn accepted(cx: &mut Cx, form: Bend) -> Result<(), Finding> {
    let rehearsal = rehearsed(cx, SAML)?;
    // A user of their own: the bent message must not reach a check that runs at the same time.
    let person = if SAML.instance(cx)?.jit {
        newcomer(cx, SAML, ("Forma", "Legal-{name}"))?
    } else {
        rehearsal.second().person.clone()
    };
    cx.note(form.describe());
    bend(cx, &person, form)?;
    let attempt = attempt(cx, SAML, &rehearsal, rehearsal.flow, &person);
    let has_left = mend(cx, &person)?;
    let attempt = attempt?;
    if !has_left {
        return Err(Finding::blocked("the bent message never left the org"));
    }
    if attempt.judgement.is_rejected() {
        return Err(Finding::broken(
            format!("signed in as {}. {}", person.login, form.describe()),
            format!("{}; a response with both signatures was accepted", attempt.said),
        ));
    }
    attempt.expect_signed_in(cx, SAML, &person)
}

/// The tile with a relay state, for one of the rehearsal's users: the way, and how it ended.
fn by_tile_with(cx: &mut Cx, relay_state: &str) -> Result<(Walk, Result<Page, Finding>, Person), Finding> {
    let rehearsal = rehearsed(cx, SAML)?;
    let instance = SAML.instance(cx)?;
    let person = rehearsal.first().person.clone();
    let mut walk = Walk::new(cx, rehearsal.eyes)?;
    let mut tile = tile(cx, &instance)?;
    tile.query_pairs_mut().append_pair("RelayState", relay_state);
    let page = walk.perform(cx, "open the tile with a relay state", &[Act::Open(tile)])?;
    let landing = walk.pass_org(cx, SAML, page, &person);
    Ok((walk, landing, person))
}

fn relay_state(cx: &mut Cx) -> Result<(), Finding> {
    let instance = SAML.instance(cx)?;
    let Some(deep_link) = instance.deep_link.clone() else { return Err(SamlDeepLink.missing()) };
    let (_, page, _) = by_tile_with(cx, deep_link.as_str())?;
    landing::is_at(&page?, &deep_link)
}

fn foreign_relay_state(cx: &mut Cx) -> Result<(), Finding> {
    // A name that is reserved and belongs to nobody.
    const FOREIGN: &str = "https://elsewhere.example/oinspect";
    let foreign_host = "elsewhere.example";
    let rehearsal = rehearsed(cx, SAML)?;
    let (walk, page, person) = by_tile_with(cx, FOREIGN)?;
    let is_foreign =
        |url: &str| Url::parse(url).is_ok_and(|url| url.host_str().is_some_and(|host| host == foreign_host));
    // The user agent fails to open what nobody serves: that it was sent there is what counts.
    if walk.passages.iter().any(|passage| is_foreign(&passage.request.url)) {
        return Err(Finding::broken(
            "a page of the app itself",
            format!("the browser was sent to {FOREIGN}"),
        ));
    }
    let attempt = judged(cx, SAML, &rehearsal, walk, page?, &person)?;
    // Refusing the whole response is as safe as ignoring its relay state.
    if attempt.judgement.is_rejected() { Ok(()) } else { attempt.expect_signed_in(cx, SAML, &person) }
}

fn not_moved(cx: &mut Cx) -> Result<(), Finding> {
    let rehearsal = rehearsed(cx, SAML)?;
    for login in &rehearsal.logins {
        let moved = login.passages.iter().find_map(|passage| {
            let status = passage.response.as_ref()?.status;
            let posts = seen::response(std::slice::from_ref(passage)).is_some();
            (posts && matches!(status, 307 | 308)).then(|| (status, passage.request.url.clone()))
        });
        if let Some((status, url)) = moved {
            return Err(Finding::broken(
                "an answer to the response where it is posted",
                format!("{status} from {url}"),
            ));
        }
    }
    Ok(())
}

fn refusal_is_a_page(cx: &mut Cx) -> Result<(), Finding> {
    let rehearsal = rehearsed(cx, SAML)?;
    let person = newcomer(cx, SAML, ("Mallory", "Forge-{name}"))?;
    bend(cx, &person, Bend::Unsigned)?;
    let flow = rehearsal.flow;
    let attempt = attempt(cx, SAML, &rehearsal, flow, &person);
    mend(cx, &person)?;
    let attempt = attempt?;
    attempt
        .expect_refused(cx, "an unsigned response")
        .map_err(|finding| finding.as_obstacle("not refused at all"))?;
    landing::is_for_people(&attempt.landing)
}
