//! Okta's own suites, known by their names: the variables that their initial scripts would set.
//!
//! Okta publishes those scripts beside the suites, to be pasted by hand. Where none is given, the same
//! variables get values of the same shape here, from the run's seed and its id.

use crate::suite::Suite;

/// Which of Okta's suites this is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OktaSuite {
    /// The protocol suites, SCIM 1.1 and 2.0.
    Spec,
    /// The life cycle of one user, driven through an Okta org.
    Crud,
}

impl OktaSuite {
    /// Which of Okta's suites this is, if it is one that needs variables.
    pub(crate) fn of(suite: &Suite) -> Option<Self> {
        let name = suite.name.to_ascii_uppercase();
        if !name.starts_with("OKTA SCIM") {
            return None;
        }
        if name.contains("SPEC") {
            Some(Self::Spec)
        } else if name.contains("CRUD") {
            Some(Self::Crud)
        } else {
            None
        }
    }

    /// Names and values of its initial variables.
    pub(crate) fn variables(self, rng: &mut fastrand::Rng) -> Vec<(&'static str, String)> {
        match self {
            Self::Spec => {
                let given = format!("Runscope{}", digits(rng, 3));
                let family = family_name(rng);
                let email = format!("{given}{family}@atko.com");
                vec![
                    ("randomUsernameCaps", email.to_uppercase()),
                    ("randomUsername", email.clone()),
                    ("randomEmail", email),
                    ("InvalidUserEmail", format!("nobody{}@atko.com", digits(rng, 9))),
                    ("UserIdThatDoesNotExist", digits(rng, 30)),
                    ("randomGivenName", given),
                    ("randomFamilyName", family),
                ]
            }
            Self::Crud => {
                let first = format!("Runscope{}", digits(rng, 3));
                let first_update = format!("{first}Updated");
                let last = family_name(rng);
                vec![
                    ("okta_user_fullname", format!("{first} {last}")),
                    ("okta_user_fullname_update", format!("{first_update} {last}")),
                    ("okta_user_email", format!("{first}{last}@atko.com")),
                    ("okta_user_title", "Test Engineer".to_owned()),
                    // Set aside for fiction in the North American numbering plan.
                    ("okta_user_primaryphone", format!("+1 415 555 01{}", digits(rng, 2))),
                    ("okta_user_firstname", first),
                    ("okta_user_firstname_update", first_update),
                    ("okta_user_lastname", last),
                ]
            }
        }
    }
}

fn digits(rng: &mut fastrand::Rng, count: usize) -> String {
    (0..count).map(|_| rng.digit(10)).collect()
}

/// An upper-case letter, eight lower-case ones and three digits.
fn family_name(rng: &mut fastrand::Rng) -> String {
    let mut name = String::from(rng.uppercase());
    name.extend((0..8).map(|_| rng.lowercase()));
    name + &digits(rng, 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str) -> Suite {
        Suite { name: name.to_owned(), description: String::new(), sha256: String::new(), steps: Vec::new() }
    }

    #[test]
    fn okta_s_suites_are_known_by_their_names() {
        for (name, suite) in [
            ("Okta SCIM 2.0 SPEC Test", Some(OktaSuite::Spec)),
            ("Okta SCIM 1.1 SPEC Test", Some(OktaSuite::Spec)),
            ("Okta SCIM 2.0 CRUD Test", Some(OktaSuite::Crud)),
            ("Okta SCIM 2.0 Entitlements Test", None),
            ("My SPEC", None),
        ] {
            assert_eq!(OktaSuite::of(&named(name)), suite, "{name}");
        }
    }

    #[test]
    fn values_repeat_with_the_seed_and_have_the_shape_of_okta_s() {
        let make = || OktaSuite::Spec.variables(&mut fastrand::Rng::with_seed(5));
        assert_eq!(make(), make());
        let value = |name: &str| make().into_iter().find(|(one, _)| *one == name).map(|(_, value)| value);
        let family = value("randomFamilyName").expect("a family name");
        assert_eq!(family.len(), 12);
        assert!(family.starts_with(|c: char| c.is_ascii_uppercase()));
        assert_eq!(value("randomUsernameCaps"), value("randomUsername").map(|name| name.to_uppercase()));
    }
}
