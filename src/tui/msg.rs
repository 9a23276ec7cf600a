//! What can happen to a desk.

use super::keymap::Key;
use crate::desk::News;
use crate::moderation::Served;
use crate::wellbeing::Moment;
use std::sync::Arc;
use uuid::Uuid;

/// Something that happened, and when. Everything `update` knows of time comes from here, so that a session can be
/// recorded and turned again.
#[derive(Clone, Debug)]
pub struct Msg {
    /// For a key the moment at which it was read, not that at which somebody got round to it.
    pub at: Moment,
    /// What.
    pub what: What,
}

/// What happened.
#[derive(Clone, Debug)]
pub enum What {
    /// The desk opens.
    Opened,
    /// A key was pressed.
    Key(Key),
    /// Text was pasted; never read as keys.
    Paste(String),
    /// The terminal has this many columns and rows.
    Resized(u16, u16),
    /// The last frame, as the model then was, is on the line.
    Drawn,
    /// The line to the terminal took so long there and back, in milliseconds.
    RoundTrip(u32),
    /// The moment asked for has come.
    Woke,
    /// From the desk.
    News(Box<News>),
    /// New ids for decisions and alerts, minted outside.
    Ids(Vec<Uuid>),
    /// The journal would not take what was to be held: nothing was decided, and what followed was not done.
    NotHeld(String),
    /// The answer to a taking back: the items in hand again, or nothing where sending has begun.
    TakenBack(Uuid, Option<Vec<Arc<Served>>>),
    /// The journal would not take the undo.
    NotTakenBack(Uuid, String),
    /// The draft could not be kept.
    DraftLost(String),
    /// The editor was left, with the text as it was saved; or why there is none.
    Edited(Result<String, String>),
    /// The program was told to go: what is held is sent by the loop, nothing more is asked.
    Told,
}
