//! Where a sign-in may lead: to the tenant's own pages and nowhere else.

use url::Url;

/// The path and query of a page of this tenant; `None` for whatever else is asked for. Read the way
/// browsers do, so that `//elsewhere` and `/\elsewhere` are the other origins that they are.
pub(crate) fn own_page(home: &str, wanted: &str) -> Option<String> {
    const LONGEST: usize = 2000;
    if wanted.is_empty() || wanted.len() > LONGEST {
        return None;
    }
    let base = Url::parse(&format!("{home}/")).ok()?;
    let url = base.join(wanted).ok()?;
    let below = url.path().strip_prefix(base.path())?;
    let is_page = matches!(below, "home" | "profile") || below.strip_prefix("reports/").is_some_and(is_name);
    if url.origin() != base.origin() || !url.username().is_empty() || url.password().is_some() || !is_page {
        return None;
    }
    let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
    Some(format!("{}{query}", url.path()))
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOME: &str = "http://localhost:8480/t/acme";

    #[test]
    fn own_pages_are_found_however_they_are_written() {
        for wanted in
            ["reports/7", "/t/acme/reports/7", "http://localhost:8480/t/acme/reports/7", "./x/../reports/7"]
        {
            assert_eq!(own_page(HOME, wanted).as_deref(), Some("/t/acme/reports/7"), "{wanted}");
        }
        assert_eq!(own_page(HOME, "home?a=b").as_deref(), Some("/t/acme/home?a=b"));
    }

    #[test]
    fn nothing_else_is_a_page_of_the_tenant() {
        for wanted in [
            "",
            "https://evil.example/t/acme/home",
            "//evil.example/t/acme/home",
            "///evil.example",
            "/\\evil.example/t/acme/home",
            "\\\\evil.example",
            "javascript:alert(1)",
            "data:text/html,x",
            "https:evil.example",
            "http://user@localhost:8480/t/acme/home",
            "/t/globex/home",
            "../globex/home",
            "sign-out",
            "reports/../sign-out",
            "reports/7\r\nset-cookie: x=1",
        ] {
            let page = own_page(HOME, wanted);
            assert!(
                page.as_deref().is_none_or(|page| page.starts_with("/t/acme/reports/")),
                "{wanted}: {page:?}"
            );
            assert!(!page.unwrap_or_default().contains(['\r', '\n']), "{wanted}");
        }
    }
}
