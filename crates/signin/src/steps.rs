//! Page steps from settings: what to do on a login page that asks something first.

use serde::{Deserialize, Serialize};

use crate::act::{Act, Until, UrlGlob};
use crate::selector::Selector;

/// One step as it is written in settings. `{login}` and `{email}` stand for the user's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// `fill = { field = "#email", text = "{email}" }`
    Fill {
        /// The field.
        field: Selector,
        /// What to write.
        text: String,
    },
    /// `click = "text=Continue"`
    Click(Selector),
    /// `wait = "#next"`: until something is to be seen.
    Wait(Selector),
    /// `wait_for_url = "https://*/login"`
    WaitForUrl(UrlGlob),
    /// `if_visible = { selector = "#cookies", steps = [{ click = "#accept" }] }`
    IfVisible {
        /// What may be there.
        selector: Selector,
        /// What to do then.
        steps: Vec<Step>,
    },
}

impl Step {
    /// The steps as acts, for one user.
    pub fn acts(steps: &[Self], login: &str, email: &str) -> Vec<Act> {
        steps.iter().map(|step| step.act(login, email)).collect()
    }

    fn act(&self, login: &str, email: &str) -> Act {
        match self {
            Self::Fill { field, text } => Act::Fill {
                field: field.clone(),
                text: text.replace("{login}", login).replace("{email}", email),
            },
            Self::Click(selector) => Act::Click(selector.clone()),
            Self::Wait(selector) => Act::WaitFor(Until::Visible(selector.clone())),
            Self::WaitForUrl(glob) => Act::WaitFor(Until::Url(glob.clone())),
            Self::IfVisible { selector, steps } => {
                Act::IfVisible(selector.clone(), Self::acts(steps, login, email))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_read_from_settings_and_speak_of_the_user() {
        let steps: Vec<Step> = serde_json::from_value(serde_json::json!([
            { "if_visible": { "selector": "#cookies", "steps": [{ "click": "text=Accept" }] } },
            { "fill": { "field": "#email", "text": "{login}" } },
            { "wait_for_url": "*/login" },
        ]))
        .unwrap();
        let acts = Step::acts(&steps, "ann@example.com", "ann@example.com");
        assert!(matches!(&acts[0], Act::IfVisible(_, then) if then.len() == 1));
        assert!(matches!(&acts[1], Act::Fill { text, .. } if text == "ann@example.com"));
    }

    #[test]
    fn a_step_with_a_bad_selector_is_refused() {
        let error = serde_json::from_value::<Step>(serde_json::json!({ "click": "a[" })).unwrap_err();
        assert!(error.to_string().contains("no selector"), "{error}");
    }
}
