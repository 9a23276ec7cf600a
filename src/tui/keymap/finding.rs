//! What is wrong with a keymap, by file and line.

use super::Context;
use crate::words::{Value, Words};
use std::sync::Arc;

/// One mistake. Its line counts from 1; the first line stands for the file as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The keymap's file, or the name of a shipped one.
    pub file: Arc<str>,
    /// Where in it.
    pub line: usize,
    /// What.
    pub problem: Problem,
}

/// What is wrong. All but the last two are errors: with one of those the desk starts on the default.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The file is no TOML.
    Syntax(String),
    /// The file cannot be read.
    Unreadable(String),
    /// There is no shipped keymap and no file of this name.
    NotAKeymap(String),
    /// Keymaps that lie over one another.
    Circle,
    /// Neither `inherit` nor a table.
    NotASetting(String),
    /// A table for no place.
    NotAContext(String),
    /// A spelling of no key.
    NotAKey(String),
    /// Neither a command's name nor `false`.
    NotABinding(String),
    /// No such command, and the nearest one.
    Unknown(String, Option<&'static str>),
    /// The command applies elsewhere.
    Elsewhere(&'static str, Context, &'static [Context]),
    /// Bound already, to this, in this line.
    Conflict(String, String, usize),
    /// A shorter one in this line acts first.
    Shadowed(String, String, usize),
    /// The terminal sends another key.
    Arrives(String, String),
    /// The terminal sends nothing.
    NeverSent(String),
    /// It looks like the start of an escape sequence.
    Ambiguous(String),
    /// It is text there, or the letter of an entry.
    Typed(String, Context),
    /// `esc` may only leave.
    Escape,
    /// A command without which somebody could be stuck has no key.
    Needed(Context, &'static str),
    /// Nothing was bound there: a warning.
    NothingUnbound(String),
    /// A command lost its last key to another: a warning.
    Lost(Context, &'static str),
}

impl Problem {
    /// Whether the keymap cannot be used with it.
    pub fn is_error(&self) -> bool {
        !matches!(self, Self::NothingUnbound(_) | Self::Lost(..))
    }

    /// In a sentence.
    pub fn say(&self, words: &Words) -> String {
        let text = |text: &String| Value::from(text.clone());
        let line = |line: &usize| Value::from(line.to_string());
        match self {
            Self::Syntax(what) => words.say_with("keys-syntax", &[("what", text(what))]),
            Self::Unreadable(why) => words.say_with("keys-unreadable", &[("why", text(why))]),
            Self::NotAKeymap(name) => words.say_with("keys-not-a-keymap", &[("name", text(name))]),
            Self::Circle => words.say("keys-circle").into_owned(),
            Self::NotASetting(name) => words.say_with("keys-not-a-setting", &[("name", text(name))]),
            Self::NotAContext(name) => {
                let known = names(&Context::ALL);
                words.say_with("keys-not-a-context", &[("name", text(name)), ("known", known.into())])
            }
            Self::NotAKey(key) => words.say_with("keys-not-a-key", &[("key", text(key))]),
            Self::NotABinding(key) => words.say_with("keys-not-a-binding", &[("key", text(key))]),
            Self::Unknown(command, None) => words.say_with("keys-unknown", &[("command", text(command))]),
            Self::Unknown(command, Some(near)) => {
                words.say_with("keys-unknown-near", &[("command", text(command)), ("near", (*near).into())])
            }
            Self::Elsewhere(command, context, known) => words.say_with(
                "keys-elsewhere",
                &[("command", (*command).into()), ("context", context.name().into()), ("known", names(known).into())],
            ),
            Self::Conflict(key, other, at) => {
                words.say_with("keys-conflict", &[("key", text(key)), ("other", text(other)), ("line", line(at))])
            }
            Self::Shadowed(key, shorter, at) => {
                words.say_with("keys-shadowed", &[("key", text(key)), ("shorter", text(shorter)), ("line", line(at))])
            }
            Self::Arrives(key, other) => words.say_with("keys-arrives", &[("key", text(key)), ("as", text(other))]),
            Self::NeverSent(key) => words.say_with("keys-never-sent", &[("key", text(key))]),
            Self::Ambiguous(key) => words.say_with("keys-ambiguous", &[("key", text(key))]),
            Self::Typed(key, context) => {
                words.say_with("keys-typed", &[("key", text(key)), ("context", context.name().into())])
            }
            Self::Escape => words.say("keys-escape").into_owned(),
            Self::Needed(context, command) => {
                words.say_with("keys-needed", &[("context", context.name().into()), ("command", (*command).into())])
            }
            Self::NothingUnbound(key) => words.say_with("keys-nothing-unbound", &[("key", text(key))]),
            Self::Lost(context, command) => {
                words.say_with("keys-lost", &[("context", context.name().into()), ("command", (*command).into())])
            }
        }
    }
}

impl Finding {
    /// Behind its file and line: `mine.toml:12: …`.
    pub fn say(&self, words: &Words) -> String {
        let what = self.problem.say(words);
        let (file, line) = (self.file.to_string(), self.line.to_string());
        words.say_with("keys-at", &[("file", file.into()), ("line", line.into()), ("what", what.into())])
    }
}

fn names(contexts: &[Context]) -> String {
    contexts.iter().map(|context| context.name()).collect::<Vec<_>>().join(", ")
}
