//! The keys themselves, section by section.

use crate::config::keys::{Key, Kind, key};

/// Every key, in the order in which they are listed.
pub static KEYS: &[Key] = &[
    key("name", Kind::Text, "", "What the app under test is called in reports."),
    key("profile", Kind::Profile, "\"okta\"", "Whose demands count."),
    key("scim.base_url", Kind::Url, "", "Where the SCIM server is.").identifies(),
    key("scim.auth", Kind::Secret, "", "The whole value of the Authorization header.").identifies(),
    key(
        "scim.other_auth",
        Kind::Secret,
        "",
        "The same of another tenant of the server, which must see nothing of the first.",
    ),
    key("scim.user_name", Kind::Template, "\"{name}@example.com\"", "How a userName looks.").identifies(),
    key("scim.user_attributes", Kind::Attributes, "", "Attributes that every user needs.").identifies(),
    key("scim.settle", Kind::Duration, "\"0s\"", "How long a change may take until it shows.").identifies(),
    key("scim.headers", Kind::Headers, "", "Headers of every SCIM request.").identifies(),
    key("app.protected_url", Kind::Url, "", "A page for signed-in users; by default where a sign-on lands.")
        .identifies(),
    key("app.signed_in", Kind::Selector, "", "What only a signed-in user sees there.").identifies(),
    key("app.signed_out", Kind::Selector, "", "What only a signed-out user sees there.").identifies(),
    key(
        "app.profile_url",
        Kind::Url,
        "",
        "The page that shows who is signed in; by default app.protected_url.",
    )
    .identifies(),
    key("app.first_name", Kind::Selector, "", "Where that page shows the first name.").identifies(),
    key("app.last_name", Kind::Selector, "", "Where it shows the last name.").identifies(),
    key("app.email", Kind::Selector, "", "Where it shows the email address.").identifies(),
    key("app.groups", Kind::Selector, "", "Where it shows the groups, one element each.").identifies(),
    key("app.sign_out", Kind::Text, "", "How a user signs out: a URL to open, or a selector to click.")
        .identifies(),
    key(
        "app.accounts",
        Kind::Texts,
        "",
        "Two logins that exist in the app, where it makes no accounts just in time.",
    ),
    key("app.account_password", Kind::Secret, "", "Their password at a real org."),
    key("saml.sp_metadata", Kind::Text, "", "The service provider's metadata: a file or a URL.").identifies(),
    key("saml.entity_id", Kind::Text, "", "Its entity id; by default what the metadata says.").identifies(),
    key("saml.acs_url", Kind::Url, "", "Where it takes responses; by default what the metadata says.")
        .identifies(),
    key("saml.start_url", Kind::Url, "", "Where the app begins sign-on; without it there is no SP flow.")
        .identifies(),
    key("saml.idp_flow", Kind::Flag, "true", "Whether sign-on may begin at the identity provider.")
        .identifies(),
    key("saml.jit", Kind::Flag, "true", "Whether the app makes accounts just in time.").identifies(),
    key("saml.steps", Kind::Steps, "", "What a user does on the app's own pages after start_url.")
        .identifies(),
    key("saml.deep_link", Kind::Url, "", "A second protected page, deep in the app.").identifies(),
    key("saml.relay_state", Kind::Text, "", "The default relay state of the IdP flow.").identifies(),
    key("saml.name_id", Kind::Text, "\"user.userName\"", "What of a user becomes the name id.").identifies(),
    key(
        "saml.name_id_format",
        Kind::Text,
        "\"urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress\"",
        "The format of the name id.",
    )
    .identifies(),
    key("saml.attributes", Kind::Headers, "", "Attribute names, and what of a user becomes their values.")
        .identifies(),
    key("saml.group_attribute", Kind::Text, "", "The attribute that carries groups.").identifies(),
    key("saml.response_signed", Kind::Flag, "true", "Whether the response is signed.").identifies(),
    key("saml.assertion_signed", Kind::Flag, "true", "Whether the assertion is signed.").identifies(),
    key("saml.app_id", Kind::Text, "", "The id of the app instance in a real org: 0oa..."),
    key("oidc.redirect_uri", Kind::Texts, "", "The relying party's redirect URIs.").identifies(),
    key("oidc.post_logout_redirect_uri", Kind::Texts, "", "Where it may be sent after sign-out.")
        .identifies(),
    key(
        "oidc.initiate_login_uri",
        Kind::Url,
        "",
        "Where the org's tile leads; without it there is no IdP flow.",
    )
    .identifies(),
    key("oidc.start_url", Kind::Url, "", "Where the app begins sign-on.").identifies(),
    key("oidc.jit", Kind::Flag, "true", "Whether the app makes accounts just in time.").identifies(),
    key("oidc.steps", Kind::Steps, "", "What a user does on the app's own pages after start_url.")
        .identifies(),
    key("oidc.deep_link", Kind::Url, "", "A second protected page, deep in the app.").identifies(),
    key("oidc.client_id", Kind::Text, "", "The client id, where the app cannot take the org's."),
    key("oidc.client_secret", Kind::Secret, "", "The client secret, where the app cannot take the org's."),
    key(
        "oidc.client_auth",
        Kind::ClientAuthentication,
        "\"client_secret_basic\"",
        "How the app identifies itself at the token endpoint.",
    )
    .identifies(),
    key("oidc.client_key", Kind::Path, "", "The app's public key as PEM, for private_key_jwt."),
    key("oidc.app_id", Kind::Text, "", "The id of the app instance in a real org: 0oa..."),
    key("org.base_url", Kind::Url, "", "A real Okta org; without it the embedded one is used."),
    key("org.token", Kind::Secret, "", "An API token of the real org."),
    key("org.client_id", Kind::Text, "", "A service app of the real org, instead of a token."),
    key("org.private_key", Kind::Path, "", "The service app's private key, as PEM."),
    key("org.listen", Kind::Text, "\"127.0.0.1:8490\"", "Where the embedded org listens."),
    key("org.public_url", Kind::Url, "", "How apps and browsers reach the embedded org, if not there."),
    key("org.tls", Kind::Flag, "false", "Whether the embedded org speaks TLS, by an authority of its own."),
    key(
        "org.identity",
        Kind::Path,
        "",
        "The embedded org's keys; by default .oinspect/org.json beside the file.",
    ),
    key("org.user_domain", Kind::Text, "\"example.com\"", "The mail domain of the users that a run makes."),
    key(
        "org.instance",
        Kind::Text,
        "",
        "Tells the app's instances from those of other configurations in one org.",
    ),
    key(
        "browser.agent",
        Kind::Agent,
        "\"auto\"",
        "The user agent: a browser where there is one, or plain HTTP.",
    ),
    key("browser.webdriver_url", Kind::Url, "", "A remote WebDriver or a Selenium Grid."),
    key("browser.driver", Kind::Path, "", "The chromedriver to start; by default the one in PATH."),
    key("browser.binary", Kind::Path, "", "The browser to start; by default the driver's choice."),
    key("browser.headed", Kind::Flag, "false", "Whether the browser shows its window."),
    key(
        "browser.page_timeout",
        Kind::Duration,
        "\"15s\"",
        "The longest that a page may take until it is still.",
    ),
    key(
        "browser.everywhere",
        Kind::Flag,
        "false",
        "Whether a browser performs every check; otherwise the tester's cases, and the HTTP agent the rest.",
    ),
    key("browser.screenshots", Kind::Flag, "true", "Whether the report holds pictures of the pages."),
    key("network.ca_file", Kind::Path, "", "Certificates of your own authority, as PEM."),
    key("network.proxy", Kind::Url, "", "The proxy for every host but the local one."),
    key("network.headers", Kind::Headers, "", "Headers of every request to every target."),
    key("network.requests_per_second", Kind::Number, "", "The most requests per second; 0 for no limit."),
    key("network.max_body_bytes", Kind::Bytes, "\"8 MiB\"", "The most that is read of one answer."),
    key(
        "network.max_rate_limit_wait",
        Kind::Duration,
        "\"30s\"",
        "The longest wait for a target that asks to come back later.",
    ),
    key("limits.request", Kind::Duration, "\"10s\"", "The longest that one request may take."),
    key("limits.check", Kind::Duration, "\"1m\"", "The longest that one check may take."),
    key("limits.run", Kind::Duration, "", "The longest that the run may take."),
    key("run.jobs", Kind::Count, "4", "How many groups run side by side."),
    key("run.out", Kind::Path, "\"oinspect-out\"", "Where the reports go."),
    key("run.plans", Kind::Texts, "", "The plans to run: names or files."),
    key("run.pause_scale", Kind::Number, "", "How long the pauses of a Runscope suite are: 1 as written."),
];
