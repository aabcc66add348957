//! What came of one attempt to sign in: signals, strongest first, and the outcome that they add up to.

/// The name of the signal that looks at cookies.
pub(super) const COOKIES: &str = "session cookies";

/// What came of an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The app let somebody in.
    SignedIn {
        /// Whom.
        as_whom: AsWhom,
    },
    /// The app let nobody in.
    NotSignedIn,
    /// The app broke.
    ServerError,
    /// The app sends the browser round in circles.
    Loop,
    /// It could not be told.
    Undetermined,
}

/// As whom the app let somebody in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AsWhom {
    /// The user who was meant.
    Expected,
    /// The user whom only a forged message names.
    Canary,
    /// The app does not show whom.
    Somebody,
}

/// What one signal says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Says {
    /// Somebody is signed in.
    SignedIn,
    /// Nobody is.
    SignedOut,
    /// The app broke.
    Broken,
    /// Nothing either way.
    Nothing,
}

/// One signal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signal {
    /// Which: "protected page", "identity", "session cookies", "what the org saw", "callback".
    pub name: &'static str,
    /// What it says.
    pub says: Says,
    /// Why, in values.
    pub why: String,
}

/// The outcome of an attempt, and what it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// The outcome.
    pub outcome: Outcome,
    /// The signals, strongest first.
    pub signals: Vec<Signal>,
    /// Whether signals contradict one another; they are shown, not averaged.
    pub inconsistent: bool,
}

impl Judgement {
    /// Whether the user who was meant is signed in, and nothing says otherwise.
    pub fn is_expected_user(&self) -> bool {
        self.outcome == Outcome::SignedIn { as_whom: AsWhom::Expected } && !self.inconsistent
    }

    /// Whether the app let nobody in: its page, its cookies and its words agree.
    pub fn is_rejected(&self) -> bool {
        self.outcome == Outcome::NotSignedIn && !self.inconsistent
    }

    /// Whether the protected page is closed, whatever cookies are left: after signing out these may stay.
    pub fn is_closed(&self) -> bool {
        let mut others = self.signals.iter().filter(|signal| signal.name != COOKIES);
        self.outcome == Outcome::NotSignedIn && others.all(|signal| signal.says != Says::SignedIn)
    }

    /// The outcome and its reasons in one sentence.
    pub fn sentence(&self) -> String {
        let outcome = match self.outcome {
            Outcome::SignedIn { as_whom: AsWhom::Expected } => "signed in as the user who was meant",
            Outcome::SignedIn { as_whom: AsWhom::Canary } => {
                "signed in as the user whom only the forgery names"
            }
            Outcome::SignedIn { as_whom: AsWhom::Somebody } => "signed in, but the app does not show as whom",
            Outcome::NotSignedIn => "not signed in",
            Outcome::ServerError => "the app broke (server error)",
            Outcome::Loop => "the app sends the browser round in circles",
            Outcome::Undetermined => "it cannot be told whether anybody is signed in",
        };
        let reasons = self.signals.iter().filter(|signal| signal.says != Says::Nothing);
        let reasons: Vec<String> = reasons.map(|signal| format!("{}: {}", signal.name, signal.why)).collect();
        let contradiction = if self.inconsistent { "; these contradict one another" } else { "" };
        if reasons.is_empty() {
            return outcome.to_owned();
        }
        format!("{outcome} ({}{contradiction})", reasons.join("; "))
    }
}
