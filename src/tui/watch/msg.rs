//! What can happen to the screen, and what an update wants done.

use crate::desk::{FloorAsk, FloorNews};
use crate::tui::keymap::Key;
use crate::wellbeing::Moment;
use uuid::Uuid;

/// Something that happened, and when.
#[derive(Clone, Debug)]
pub struct Msg {
    /// The moment.
    pub at: Moment,
    /// What.
    pub what: What,
}

/// What happened.
#[derive(Clone, Debug)]
pub enum What {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted; never read as keys.
    Paste(String),
    /// The terminal has this many columns and rows.
    Resized(u16, u16),
    /// From the floor.
    News(Box<FloorNews>),
    /// New ids for decisions, minted outside.
    Ids(Vec<Uuid>),
    /// A case file was written there, or why it was not.
    Written(Result<String, String>),
}

/// One thing to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Ask the floor.
    Ask(FloorAsk),
    /// Write a case file of this item beside whoever works here; nobody else may read it.
    WriteCase(String, String),
    /// Put an id or a link into the reader's clipboard.
    Copy(String),
    /// Ring.
    Bell,
    /// Draw everything anew.
    Repaint,
    /// Stop as a shell job.
    Suspend,
}

/// What is to be done, gathered while a message is worked on.
pub type Todo = Vec<Effect>;
