//! What lies over the panes: lists with letters, lines to type, the palette, the keys.

use crate::desk::floor::Word;
use crate::moderation::doubt::Advice;
use uuid::Uuid;

/// What a question is about.
#[derive(Clone, Debug, PartialEq)]
pub enum About {
    /// Why a queue is paused.
    Pause(String),
    /// An item's priority.
    Priority(String),
    /// An item's deadline.
    Deadline(String),
    /// What to find.
    Find,
    /// Somebody's queues.
    Assign(String),
    /// Why the last word is what it is.
    Reason(Box<Word>),
    /// The answer to a question, with what one would decide.
    Answer(Uuid, Option<Advice>),
    /// What a notice says.
    Notice(Whom, bool),
    /// Whom a notice is to, by name.
    Whom,
}

/// Whom a notice is to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Whom {
    /// Everybody.
    All,
    /// Everybody who works for a client.
    Client(String),
    /// One person.
    Person(String),
}

/// What was typed for something and not sent: it is there again when that is asked anew.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Draft {
    /// An answer to a question.
    Answer(Uuid),
    /// A notice, with whom it is to: nobody finds words in it that were meant for somebody else.
    Notice(Whom),
}

impl About {
    /// What is kept of it where it is left.
    pub fn draft(&self) -> Option<Draft> {
        match self {
            Self::Answer(doubt, _) => Some(Draft::Answer(*doubt)),
            Self::Notice(whom, _) => Some(Draft::Notice(whom.clone())),
            _ => None,
        }
    }
}

/// What is picked from a list with letters.
#[derive(Clone, Debug, PartialEq)]
pub enum Pick {
    /// The queue an item goes to.
    Queue(String),
    /// The verdict of a last word.
    Verdict(Box<Word>),
    /// Its measure.
    Measure(Box<Word>),
    /// Its policy.
    Policy(Box<Word>),
    /// What one would decide, beside an answer.
    Advice(Uuid),
    /// Its measure.
    AdviceMeasure(Uuid),
    /// Its policy.
    AdvicePolicy(Uuid, Advice),
    /// Whom a notice is to.
    Whom,
    /// Whether it must be confirmed.
    Confirm(Whom),
}

/// An entry of a list to choose from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The letter that picks it; `\0` for none.
    pub letter: char,
    /// As it is shown.
    pub title: String,
    /// As it is meant.
    pub code: String,
}

/// What lies over the panes.
#[derive(Clone, Debug, PartialEq)]
pub enum Layer {
    /// A list with letters.
    Chooser {
        /// What for.
        pick: Pick,
        /// What there is.
        entries: Vec<Entry>,
        /// The one with the cursor.
        at: usize,
    },
    /// One line to type.
    Question {
        /// What for.
        about: About,
        /// What was typed.
        text: String,
    },
    /// Every command by its name.
    Palette {
        /// What was typed.
        text: String,
        /// The line with the cursor.
        at: usize,
    },
    /// The keys.
    Help {
        /// Rows scrolled by.
        scroll: usize,
    },
}
