//! The same desk line by line, for screen readers, pipes and dumb terminals.
//!
//! A person who listens hears the most telling first: one line with client, kind, why here and due; then the words, a
//! paragraph a line, never wrapped and never drawn. Commands are the letters of the desk, or words in English or
//! French, each a line of its own. Nothing counts down, nothing is redrawn, and no control character ever goes out.
//!
//! The rules are the desk's own: what is decided is in the journal before the next item is told, a command that
//! arrived before its item was told is refused, breaks stop the same, and an empty line decides nothing. One thing is
//! different and is said at the start: what was read stays in the terminal's scrollback.

mod alert;
mod app;
mod batch;
mod choice;
mod day;
mod decide;
mod ear;
mod front;
mod gather;
mod look;
mod messages;
mod news;
mod next;
mod obey;
mod own;
mod rest;
mod sitting;
mod spoken;
mod summary;
mod template;
mod thread;
mod typed;
mod undo;
pub mod watch;

pub use app::{Ended, Face, PlainError, run};
pub use ear::{Cause, Inbox};
pub use sitting::Sitting;
