//! Filling a template from what is known, and finding what is not.

use super::parse::Part;
use crate::text::{Untrusted, scrub};
use std::ops::Range;

/// The variables that a template may use.
pub const NAMES: &[&str] =
    &["author", "title", "subject", "url", "client", "policy", "policy_text", "channel", "date", "moderator"];

/// What variables are filled from: codes and titles of the house, and the item's own words.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// Known facts by name; a missing one becomes a blank to be filled by hand.
    pub known: Vec<(&'static str, Untrusted)>,
}

impl Facts {
    fn get(&self, name: &str) -> Option<&Untrusted> {
        self.known.iter().find(|(known, value)| *known == name && !value.is_empty()).map(|(_, value)| value)
    }
}

/// A place that must be filled before the reply can be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blank {
    /// What belongs there.
    pub what: String,
    /// Where it stands in the text, in bytes.
    pub at: Range<usize>,
}

/// A template filled as far as it goes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filled {
    /// The text, blanks written `{{what}}`.
    pub text: String,
    /// What is still to be filled.
    pub blanks: Vec<Blank>,
}

impl Filled {
    /// Fills `parts` from `facts`. Authors' names come in on one line and scrubbed, since a reply goes out in the
    /// client's name: nobody smuggles an override or a line break into it.
    pub fn from(parts: &[Part], facts: &Facts) -> Self {
        let mut filled = Self::default();
        for part in parts {
            match part {
                Part::Words(words) => filled.text.push_str(words),
                Part::Ask(what) => filled.blank(what),
                Part::Variable(name) => match facts.get(name) {
                    Some(value) => {
                        // Braces in a name must not look like a blank.
                        filled.text.push_str(&scrub::line(value).as_str().replace("{{", "{").replace("}}", "}"));
                    }
                    None => filled.blank(name),
                },
            }
        }
        filled
    }

    fn blank(&mut self, what: &str) {
        let start = self.text.len();
        self.text.push_str("{{");
        self.text.push_str(what);
        self.text.push_str("}}");
        self.blanks.push(Blank { what: what.to_owned(), at: start..self.text.len() });
    }

    /// The blanks that a text still has after somebody typed in it: nothing with one may be sent.
    pub fn blanks_of(text: &str) -> Vec<Blank> {
        let mut blanks = Vec::new();
        let mut from = 0;
        while let Some(open) = text[from..].find("{{").map(|at| from + at) {
            let Some(close) = text[open..].find("}}").map(|at| open + at) else {
                blanks.push(Blank { what: text[open + 2..].trim().to_owned(), at: open..text.len() });
                break;
            };
            blanks.push(Blank { what: text[open + 2..close].trim().to_owned(), at: open..close + 2 });
            from = close + 2;
        }
        blanks
    }
}
