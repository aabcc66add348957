//! A sign-in that failed, told to a person.

/// The reason, in words for a person, and the status to answer with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refused {
    pub status: u16,
    pub reason: String,
}

impl Refused {
    /// A sign-in that is refused for what was sent.
    pub(crate) fn because(reason: impl Into<String>) -> Self {
        Self { status: 400, reason: reason.into() }
    }

    /// What a broken app would answer.
    pub(crate) fn crash() -> Self {
        Self { status: 500, reason: "Internal Server Error".to_owned() }
    }
}

impl From<crate::http::Refusal> for Refused {
    fn from(_: crate::http::Refusal) -> Self {
        Self { status: 503, reason: "The accounts cannot be read at the moment.".to_owned() }
    }
}
