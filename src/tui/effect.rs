//! What an update wants done: data, carried out by the loop in order.

use crate::desk::{Ask, Recent};
use crate::moderation::Decision;
use jiff::Timestamp;
use uuid::Uuid;

/// One thing to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Write to the journal and sync, before anything else and before the next frame. Where it fails, the effects
    /// behind it are dropped, and the model hears `NotHeld`.
    Hold(Vec<Decision>, Timestamp),
    /// Take back, synced before the next frame; the model hears whether it was in time.
    TakeBack(Uuid),
    /// Keep what was gathered on an item, or forget it.
    KeepDraft(String, Option<serde_json::Value>),
    /// Ask the desk.
    Ask(Ask),
    /// Give a text to the editor of the moderator's choice; the terminal is left for it and entered again, and the
    /// model hears `Edited`.
    Edit(String),
    /// Keep the day's answer, mood and load, for the moderator alone.
    CheckIn(u8, u8),
    /// Remember what was used last.
    Remember(Recent),
    /// Put a text into the reader's clipboard; ids and links of the platform only.
    Copy(String),
    /// Ring.
    Bell,
    /// Draw everything anew.
    Repaint,
    /// Stop as a shell job, until somebody brings it back.
    Suspend,
    /// The desk closes: leave the loop.
    Leave,
}
