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
    /// Every page of a list is full and not the last, whatever `startIndex` says.
    EndlessPages,
    /// `totalResults` of every list grows with each request.
    GrowingTotals,
    /// Every page of a list has the same `nextCursor`.
    SameCursor,
    /// Every resource has an attribute of 10 MB.
    TenMegabytes,
    /// The id and the names of every resource are 100,000 characters long.
    SwollenTexts,
    /// Every JSON answer is nested 100,000 deep.
    NestedJson,
    /// Every JSON answer is written in UTF-16.
    Utf16,
    /// Every JSON answer is written in Latin-1 and says that it is UTF-8.
    Latin1,
    /// Chunked bodies end in the middle of a chunk; only the root answers.
    CutChunks,
    /// Bodies come byte by byte and never end; only the root answers.
    Drips,
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
        Self::EndlessPages,
        Self::GrowingTotals,
        Self::SameCursor,
        Self::TenMegabytes,
        Self::SwollenTexts,
        Self::NestedJson,
        Self::Utf16,
        Self::Latin1,
        Self::CutChunks,
        Self::Drips,
    ];

    /// The misbehaviours of a server that is sound but for what it says: none may hold up whoever looks.
    pub const LIES: &'static [Self] = &[
        Self::EndlessPages,
        Self::GrowingTotals,
        Self::SameCursor,
        Self::TenMegabytes,
        Self::SwollenTexts,
        Self::NestedJson,
        Self::Utf16,
        Self::Latin1,
        Self::CutChunks,
        Self::Drips,
    ];

    /// How many requests `Dies` answers before it stops listening.
    pub const DIES_AFTER: usize = 20;

    /// How many requests `RateLimited` refuses before it answers.
    pub const RATE_LIMITED_FIRST: usize = 3;

    /// The misbehaviour with this id.
    pub fn named(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|misbehaviour| misbehaviour.id() == id)
    }

    /// Whether it lies below HTTP, where no request is known.
    pub(crate) fn is_raw(self) -> bool {
        matches!(self, Self::Hangs | Self::ClosesHalfWay | Self::Answers1Gb | Self::CutChunks | Self::Drips)
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
            Self::EndlessPages => "endless-pages",
            Self::GrowingTotals => "growing-totals",
            Self::SameCursor => "same-cursor",
            Self::TenMegabytes => "ten-megabytes",
            Self::SwollenTexts => "swollen-texts",
            Self::NestedJson => "nested-json",
            Self::Utf16 => "utf-16",
            Self::Latin1 => "latin-1",
            Self::CutChunks => "cut-chunks",
            Self::Drips => "drips",
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
            Self::EndlessPages => {
                "Every page of a list is full and not the last, whatever `startIndex` says."
            }
            Self::GrowingTotals => "`totalResults` of every list grows with each request.",
            Self::SameCursor => "Every page of a list has the same `nextCursor`.",
            Self::TenMegabytes => "Every resource has an attribute of 10 MB.",
            Self::SwollenTexts => "The id and the names of every resource are 100,000 characters long.",
            Self::NestedJson => "Every JSON answer is nested 100,000 deep.",
            Self::Utf16 => "Every JSON answer is written in UTF-16.",
            Self::Latin1 => "Every JSON answer is written in Latin-1 and says that it is UTF-8.",
            Self::CutChunks => "Chunked bodies end in the middle of a chunk; only the root answers.",
            Self::Drips => "Bodies come byte by byte and never end; only the root answers.",
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
