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
