//! One line said to the moderator: a message and what goes into it.

use super::Model;

/// What goes into a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Word {
    /// Text, already safe to show.
    Text(String),
    /// A number, written in the reader's way.
    Number(i64),
    /// The name of another message.
    Message(&'static str),
}

/// A message by name, with its arguments; it becomes words only where it is drawn, so that tests and records do not
/// hang on a language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Its name in the messages.
    pub id: &'static str,
    /// What goes into it.
    pub args: Vec<(&'static str, Word)>,
}

impl Mark {
    /// A message without arguments.
    pub const fn new(id: &'static str) -> Self {
        Self { id, args: Vec::new() }
    }

    /// With a text that is ours or was scrubbed.
    pub fn text(mut self, name: &'static str, text: impl Into<String>) -> Self {
        self.args.push((name, Word::Text(text.into())));
        self
    }

    /// With a number.
    pub fn number(mut self, name: &'static str, number: impl TryInto<i64>) -> Self {
        self.args.push((name, Word::Number(number.try_into().unwrap_or(i64::MAX))));
        self
    }

    /// With another message in it.
    pub fn message(mut self, name: &'static str, id: &'static str) -> Self {
        self.args.push((name, Word::Message(id)));
        self
    }
}

impl From<&'static str> for Mark {
    fn from(id: &'static str) -> Self {
        Self::new(id)
    }
}

/// Why a command cannot be used now; `None` where it can.
pub type Reason = Option<Mark>;

/// Reads a model and says why not.
pub type WhyNot = fn(&Model) -> Reason;
