//! Colour is for terminals, and for those who ask.

use crate::stage::Desk;

const ESCAPE: char = '\u{1b}';

fn is_coloured(desk: &Desk, args: &[&str]) -> bool {
    let said = desk.oinspect(&[&["list", "--check", "scim.auth"], args].concat());
    assert_eq!(said.code, 0, "{said:#?}");
    said.out.contains(ESCAPE)
}

#[test]
fn there_is_no_colour_where_there_is_no_terminal() {
    assert!(!is_coloured(&Desk::new(), &[]));
}

#[test]
fn who_asks_for_colour_gets_it_and_who_does_not_want_it_does_not() {
    assert!(is_coloured(&Desk::new(), &["--color", "always"]));
    assert!(!is_coloured(&Desk::new(), &["--color", "never"]));
    let forced = Desk::new().env("CLICOLOR_FORCE", "1");
    assert!(is_coloured(&forced, &[]));
    assert!(!is_coloured(&forced, &["--color", "never"]));
}

#[test]
fn no_color_switches_colour_off_unless_it_is_asked_for() {
    let plain = Desk::new().env("NO_COLOR", "1").env("CLICOLOR_FORCE", "1");
    assert!(!is_coloured(&plain, &[]));
    assert!(is_coloured(&plain, &["--color", "always"]));
}

#[test]
fn colour_says_nothing_that_words_do_not_say() {
    let desk = Desk::new();
    let page = |colour: &str| {
        let said = desk.oinspect(&["list", "--color", colour]);
        anstream::adapter::strip_str(&said.out).to_string()
    };
    assert_eq!(page("always"), page("never"));
}

#[test]
fn an_error_has_colour_only_when_asked() {
    let desk = Desk::new();
    assert!(!desk.oinspect(&["explain", "x"]).err.contains(ESCAPE));
    assert!(desk.oinspect(&["explain", "x", "--color", "always"]).err.contains(ESCAPE));
}
