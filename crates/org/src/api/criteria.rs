//! Search and filter expressions: comparisons joined by `and`, `or` and parentheses.

use serde_json::Value;

use super::error::ApiError;

/// How deep parentheses may nest.
const DEPTH: usize = 16;

/// A condition on a JSON object.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Criteria {
    All(Vec<Criteria>),
    Any(Vec<Criteria>),
    Not(Box<Criteria>),
    Compare { path: String, operator: Operator, value: String },
    Present(String),
}

/// How a value is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operator {
    Eq,
    Ne,
    Co,
    Sw,
    Ew,
    Gt,
    Ge,
    Lt,
    Le,
}

impl Criteria {
    /// Reads an expression.
    pub(crate) fn read(text: &str) -> Result<Self, ApiError> {
        let tokens = tokens(text)?;
        let mut parser = Parser { tokens, place: 0 };
        let criteria = parser.any(0)?;
        if parser.peek().is_some() {
            return Err(bad("The expression goes on where it should end."));
        }
        Ok(criteria)
    }

    /// Whether the object meets it. A path that leads through a list is met by any of its items.
    pub(crate) fn is_met_by(&self, object: &Value) -> bool {
        match self {
            Self::All(parts) => parts.iter().all(|part| part.is_met_by(object)),
            Self::Any(parts) => parts.iter().any(|part| part.is_met_by(object)),
            Self::Not(part) => !part.is_met_by(object),
            Self::Present(path) => !found(object, path).is_empty(),
            Self::Compare { path, operator, value } => {
                let texts = found(object, path);
                match operator {
                    Operator::Ne => !texts.iter().any(|text| text.eq_ignore_ascii_case(value)),
                    _ => texts.iter().any(|text| operator.holds(text, value)),
                }
            }
        }
    }
}

impl Operator {
    fn of(word: &str) -> Option<Self> {
        Some(match word.to_ascii_lowercase().as_str() {
            "eq" => Self::Eq,
            "ne" => Self::Ne,
            "co" => Self::Co,
            "sw" => Self::Sw,
            "ew" => Self::Ew,
            "gt" => Self::Gt,
            "ge" => Self::Ge,
            "lt" => Self::Lt,
            "le" => Self::Le,
            _ => return None,
        })
    }

    /// Without regard to case. Moments compare as texts: all have one form.
    fn holds(self, text: &str, value: &str) -> bool {
        let (text, value) = (text.to_lowercase(), value.to_lowercase());
        match self {
            Self::Eq => text == value,
            Self::Ne => text != value,
            Self::Co => text.contains(&value),
            Self::Sw => text.starts_with(&value),
            Self::Ew => text.ends_with(&value),
            Self::Gt => text > value,
            Self::Ge => text >= value,
            Self::Lt => text < value,
            Self::Le => text <= value,
        }
    }
}

/// The values at a path, as texts.
fn found(object: &Value, path: &str) -> Vec<String> {
    let mut values = vec![object];
    for name in path.split('.') {
        values = values
            .into_iter()
            .flat_map(|value| match value {
                Value::Array(items) => items.iter().collect(),
                other => vec![other],
            })
            .filter_map(|value| value.get(name))
            .collect();
    }
    values
        .into_iter()
        .flat_map(|value| match value {
            Value::Array(items) => items.iter().collect(),
            other => vec![other],
        })
        .filter_map(|value| match value {
            Value::String(text) => Some(text.clone()),
            Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
            Value::Null | Value::Array(_) | Value::Object(_) => None,
        })
        .collect()
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Open,
    Close,
    Word(String),
    Text(String),
}

fn tokens(text: &str) -> Result<Vec<Token>, ApiError> {
    let mut tokens = Vec::new();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '(' => tokens.push(Token::Open),
            ')' => tokens.push(Token::Close),
            '"' => {
                let mut value = String::new();
                loop {
                    match letters.next() {
                        Some('"') => break,
                        Some('\\') => value.extend(letters.next()),
                        Some(other) => value.push(other),
                        None => return Err(bad("A quotation mark is not closed.")),
                    }
                }
                tokens.push(Token::Text(value));
            }
            letter if letter.is_whitespace() => {}
            letter => {
                let mut word = String::from(letter);
                while let Some(next) =
                    letters.next_if(|c| !c.is_whitespace() && !matches!(c, '(' | ')' | '"'))
                {
                    word.push(next);
                }
                tokens.push(Token::Word(word));
            }
        }
    }
    Ok(tokens)
}

struct Parser {
    tokens: Vec<Token>,
    place: usize,
}

impl Parser {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.place)
    }

    fn next(&mut self) -> Option<Token> {
        let token = self.tokens.get(self.place).cloned();
        self.place += 1;
        token
    }

    /// Steps over this word, if it comes next.
    fn skip(&mut self, word: &str) -> bool {
        let is_next = matches!(self.peek(), Some(Token::Word(next)) if next.eq_ignore_ascii_case(word));
        if is_next {
            self.place += 1;
        }
        is_next
    }

    fn any(&mut self, depth: usize) -> Result<Criteria, ApiError> {
        let first = self.all(depth)?;
        let mut parts = vec![first];
        while self.skip("or") {
            parts.push(self.all(depth)?);
        }
        Ok(joined(parts, Criteria::Any))
    }

    fn all(&mut self, depth: usize) -> Result<Criteria, ApiError> {
        let first = self.one(depth)?;
        let mut parts = vec![first];
        while self.skip("and") {
            parts.push(self.one(depth)?);
        }
        Ok(joined(parts, Criteria::All))
    }

    fn one(&mut self, depth: usize) -> Result<Criteria, ApiError> {
        if depth > DEPTH {
            return Err(bad("The expression nests too deep."));
        }
        if self.skip("not") {
            return Ok(Criteria::Not(Box::new(self.one(depth + 1)?)));
        }
        match self.next() {
            Some(Token::Open) => {
                let inner = self.any(depth + 1)?;
                match self.next() {
                    Some(Token::Close) => Ok(inner),
                    _ => Err(bad("A parenthesis is not closed.")),
                }
            }
            Some(Token::Word(path)) => self.comparison(path),
            Some(Token::Close | Token::Text(_)) | None => Err(bad("An attribute's name is missing.")),
        }
    }

    fn comparison(&mut self, path: String) -> Result<Criteria, ApiError> {
        let Some(Token::Word(word)) = self.next() else {
            return Err(bad("An operator is missing."));
        };
        if word.eq_ignore_ascii_case("pr") {
            return Ok(Criteria::Present(path));
        }
        let operator = Operator::of(&word).ok_or_else(|| bad(&format!("{word} is no operator.")))?;
        match self.next() {
            Some(Token::Text(value) | Token::Word(value)) => Ok(Criteria::Compare { path, operator, value }),
            Some(Token::Open | Token::Close) | None => Err(bad("A value is missing.")),
        }
    }
}

fn joined(mut parts: Vec<Criteria>, join: fn(Vec<Criteria>) -> Criteria) -> Criteria {
    match parts.len() {
        1 => parts.remove(0),
        _ => join(parts),
    }
}

fn bad(why: &str) -> ApiError {
    ApiError::BadCriteria(why.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn expressions_mean_what_they_say() {
        let event = json!({
            "eventType": "user.session.start",
            "actor": { "id": "00u1" },
            "target": [{ "id": "a" }, { "id": "b" }],
            "outcome": { "result": "SUCCESS" },
        });
        for (text, expected) in [
            ("eventType eq \"user.session.start\"", true),
            ("eventType eq \"user.session.end\" or target.id eq \"b\"", true),
            ("eventType sw \"user.\" and (actor.id eq \"x\" or target.id eq \"a\")", true),
            ("not (target.id eq \"a\")", false),
            ("target.id ne \"c\"", true),
            ("actor.displayName pr", false),
            ("outcome.result eq \"success\"", true),
        ] {
            assert_eq!(Criteria::read(text).unwrap().is_met_by(&event), expected, "{text}");
        }
    }

    #[test]
    fn nonsense_is_refused() {
        let deep = "(".repeat(10_000);
        let nots = "not ".repeat(10_000);
        for text in ["", "a", "a eq", "a is \"b\"", "a eq \"b", "(a eq \"b\"", "a eq \"b\" c", &deep, &nots] {
            assert!(Criteria::read(text).is_err());
        }
    }
}
