//! Misbehaviour of the whole server, for testing what looks at it rather than one requirement.

/// One way in which nothing about the server is right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Misbehaviour {
    /// Every request is answered 200 or 201 with a plausible body.
    AcceptsEverything,
    /// Every read is answered 500 and every write 400.
    RejectsEverything,
    /// Connections are accepted and never answered.
    Hangs,
    /// Bodies are cut in the middle.
    ClosesHalfWay,
    /// Every answer is a list that goes on for a gigabyte.
    Answers1Gb,
    /// Every answer is 200 with an HTML page.
    AnswersHtml,
    /// Every request is redirected to itself.
    RedirectLoop,
    /// The first three requests are answered 429 with `Retry-After: 1`.
    RateLimited,
    /// The server stops listening after its first twenty requests.
    Dies,
    /// Protected pages and the ends of every sign-in show the login page.
    LoginPageWhateverHappens,
    /// Protected pages show the same page to whoever comes.
    SamePageForEverybody,
    /// Whoever visits a protected page is signed in as the same person, and every sign-in works.
    EverybodySignedIn,
    /// The ACS and the callback answer 500.
    SsoAnswers500,
    /// Protected pages start the sign-in again, whoever comes.
    SignInLoop,
}

impl Misbehaviour {
    /// Every misbehaviour.
    pub const ALL: &'static [Self] = &[
        Self::AcceptsEverything,
        Self::RejectsEverything,
        Self::Hangs,
        Self::ClosesHalfWay,
        Self::Answers1Gb,
        Self::AnswersHtml,
        Self::RedirectLoop,
        Self::RateLimited,
        Self::Dies,
        Self::LoginPageWhateverHappens,
        Self::SamePageForEverybody,
        Self::EverybodySignedIn,
        Self::SsoAnswers500,
        Self::SignInLoop,
    ];

    /// How many requests `Dies` answers before it stops listening.
    pub const DIES_AFTER: usize = 20;

    /// How many requests `RateLimited` refuses before it answers.
    pub const RATE_LIMITED_FIRST: usize = 3;

    /// The misbehaviour with this id.
    pub fn named(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|misbehaviour| misbehaviour.id() == id)
    }

    /// The kebab-case name.
    pub fn id(self) -> &'static str {
        match self {
            Self::AcceptsEverything => "accepts-everything",
            Self::RejectsEverything => "rejects-everything",
            Self::Hangs => "hangs",
            Self::ClosesHalfWay => "closes-half-way",
            Self::Answers1Gb => "answers-1gb",
            Self::AnswersHtml => "answers-html",
            Self::RedirectLoop => "redirect-loop",
            Self::RateLimited => "rate-limited",
            Self::Dies => "dies",
            Self::LoginPageWhateverHappens => "login-page-whatever-happens",
            Self::SamePageForEverybody => "same-page-for-everybody",
            Self::EverybodySignedIn => "everybody-signed-in",
            Self::SsoAnswers500 => "sso-answers-500",
            Self::SignInLoop => "sign-in-loop",
        }
    }

    /// One sentence: what the server does.
    pub fn description(self) -> &'static str {
        match self {
            Self::AcceptsEverything => "Every request is answered 200 or 201 with a plausible body.",
            Self::RejectsEverything => "Every read is answered 500 and every write 400.",
            Self::Hangs => "Connections are accepted and never answered.",
            Self::ClosesHalfWay => "Bodies are cut in the middle.",
            Self::Answers1Gb => "Every answer is a list that goes on for a gigabyte.",
            Self::AnswersHtml => "Every answer is 200 with an HTML page.",
            Self::RedirectLoop => "Every request is redirected to itself.",
            Self::RateLimited => "The first three requests are answered 429 with `Retry-After: 1`.",
            Self::Dies => "The server stops listening after its first twenty requests.",
            Self::LoginPageWhateverHappens => {
                "Protected pages and the ends of every sign-in show the login page."
            }
            Self::SamePageForEverybody => "Protected pages show the same page to whoever comes.",
            Self::EverybodySignedIn => {
                "Whoever visits a protected page is signed in as the same person, and every sign-in works."
            }
            Self::SsoAnswers500 => "The ACS and the callback answer 500.",
            Self::SignInLoop => "Protected pages start the sign-in again, whoever comes.",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_misbehaviour_is_found_by_its_id() {
        for misbehaviour in Misbehaviour::ALL {
            assert_eq!(Misbehaviour::named(misbehaviour.id()), Some(*misbehaviour));
        }
    }
}
