//! The supervisor's dashboard line by line: figures when asked for, alerts as they come, and the acts by typed words.

mod app;
mod deciding;
mod letters;
mod looking;
mod sitting;
mod typed;

pub use app::{Face, WatchInbox, WriteCase, run};
pub use sitting::{Out, Watching};
