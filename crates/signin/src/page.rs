//! The page at which a user agent stands, and questions to it. Both user agents hand over the same.

use scraper::{ElementRef, Html};
use url::Url;

use crate::form::Form;
use crate::selector::Selector;
use crate::visible::{squeeze, visible_text};

/// A page: its address, its source as the agent has it, and how it came to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Its address.
    pub url: Url,
    /// The status of its document, if it came over HTTP.
    pub status: Option<u16>,
    /// Its title.
    pub title: String,
    /// Its source: from a browser, the document as scripts left it, values of fields included, and
    /// what styles hide marked `hidden`.
    pub html: String,
    /// The words that one can read on it.
    pub text: String,
    /// Whether one address was visited three times without anybody asking for it.
    pub loop_found: bool,
    /// Whether it came to rest before the time was over.
    pub still: bool,
    /// Why it could not be shown.
    pub failure: Option<String>,
}

impl Page {
    /// The page with this source.
    pub fn new(url: Url, status: Option<u16>, html: String) -> Self {
        let html = crate::visible::bounded(html);
        let document = Html::parse_document(&html);
        let title = scraper::Selector::parse("title")
            .ok()
            .and_then(|title| document.select(&title).next())
            .map(|title| squeeze(&title.text().collect::<String>()))
            .unwrap_or_default();
        let body = scraper::Selector::parse("body").ok().and_then(|body| document.select(&body).next());
        let text = body.map(visible_text).unwrap_or_default();
        drop(document);
        Self { url, status, title, html, text, loop_found: false, still: true, failure: None }
    }

    /// The page of an agent that has not gone anywhere.
    pub fn blank() -> Self {
        let url = Url::parse("about:blank").expect("about:blank is a URL");
        Self::new(url, None, String::new())
    }

    /// Whether something is to be seen there.
    pub fn has(&self, selector: &Selector) -> bool {
        !selector.all(&self.document()).is_empty()
    }

    /// What stands there: the value of a field, the words of anything else.
    pub fn text_of(&self, selector: &Selector) -> Option<String> {
        selector.all(&self.document()).first().map(|element| said(*element))
    }

    /// What stands in every place of this kind, in order.
    pub fn texts_of(&self, selector: &Selector) -> Vec<String> {
        selector.all(&self.document()).into_iter().map(said).collect()
    }

    /// An attribute of the first element there.
    pub fn attribute(&self, selector: &Selector, name: &str) -> Option<String> {
        selector.all(&self.document()).first().and_then(|element| element.attr(name)).map(str::to_owned)
    }

    /// Its forms, in order.
    pub fn forms(&self) -> Vec<Form> {
        Form::all(&self.document(), &self.url)
    }

    /// Origin and path: what two visits of one place have in common.
    pub fn place(&self) -> String {
        place(&self.url)
    }

    pub(crate) fn document(&self) -> Html {
        Html::parse_document(&self.html)
    }
}

/// Origin and path of an address.
pub(crate) fn place(url: &Url) -> String {
    let origin =
        if url.has_host() { url.origin().ascii_serialization() } else { format!("{}:", url.scheme()) };
    format!("{origin}{}", url.path())
}

fn said(element: ElementRef<'_>) -> String {
    match element.value().name() {
        "input" => element.attr("value").unwrap_or_default().trim().to_owned(),
        "select" => crate::form::chosen(element).first().map(|(_, label)| label.clone()).unwrap_or_default(),
        "textarea" => element.text().collect::<String>().trim().to_owned(),
        "meta" => element.attr("content").unwrap_or_default().trim().to_owned(),
        _ => visible_text(element),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(html: &str) -> Page {
        Page::new(Url::parse("https://app.test/a?b=c").unwrap(), Some(200), html.to_owned())
    }

    fn at(css: &str) -> Selector {
        Selector::parse(css).unwrap()
    }

    #[test]
    fn a_page_is_read_as_a_person_would() {
        let page = page(
            "<title> The\n app </title><style>b{}</style><h1>Hello <b>Ann</b></h1><script>var no</script>\
             <input id=mail value=' ann@example.com '><ul><li>one<li>two</ul><p hidden>secret</p>",
        );
        assert_eq!(page.title, "The app");
        assert_eq!(page.text, "Hello Ann one two");
        assert_eq!(page.text_of(&at("#mail")).as_deref(), Some("ann@example.com"));
        assert_eq!(page.texts_of(&at("li")), ["one", "two"]);
        assert_eq!(page.attribute(&at("#mail"), "id").as_deref(), Some("mail"));
        assert!(page.has(&at("text=Hello Ann")) && !page.has(&at("#nobody")));
        assert_eq!(page.place(), "https://app.test/a");
    }

    #[test]
    fn a_page_made_to_hurt_is_still_read() {
        let deep = page(&format!("<h1>Deep</h1>{}", "<div>".repeat(500_000)));
        assert_eq!(deep.text, "Deep");
        assert!(deep.html.len() < 5_000);
        let wide = page(&"<ul><li>x<br></ul><p>y".repeat(300));
        assert_eq!(wide.text.len(), 300 * 4 - 1, "what is closed or closes itself is not deep");
    }
}
