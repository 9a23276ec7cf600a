//! The only doors the screens use.
//!
//! A screen owns a [`Desk`]: two calls that write and sync before they return (a decision held, a decision taken
//! back), and [`Ask`]s that never wait. What comes of them arrives as [`News`] through the sink the desk was opened
//! with. Behind it stands a [`Line`]: the queue as one signed-in moderator sees it, in the same process or over HTTP.

pub mod line;
pub mod news;

pub use line::{Line, LineError};
pub use news::{Ask, Held, News, Sink, Unsettled};

use crate::moderation::Decision;
use jiff::Timestamp;
use uuid::Uuid;

/// What a moderator can do. Nothing here waits for a network.
pub trait Desk: Send {
    /// Writes the decision to the journal and syncs it; only then may the next item be shown. It leaves the desk
    /// at `leaves_at`, unless it is taken back before. Several at once are one batch: one sync, one undo.
    fn hold(&mut self, decisions: &[Decision], leaves_at: Timestamp) -> Result<(), JournalError>;
    /// Takes the decision (or its whole batch) back, synced before it returns. `false` when sending has begun:
    /// then it takes a reversal.
    fn take_back(&mut self, decision: Uuid) -> Result<bool, JournalError>;
    /// Keeps the draft of an item in the journal, or with `None` forgets it.
    fn keep_draft(&mut self, item: &str, draft: Option<&serde_json::Value>) -> Result<(), JournalError>;
    /// Everything else: never blocks; the answer is news.
    fn ask(&mut self, ask: Ask);
    /// Sends what is held, hands back what is undecided, and closes; blocks until it is done or the line is known
    /// to be dead (what is unsent stays in the journal).
    fn close(&mut self) -> Vec<Unsettled>;
}

/// The journal could not be written; the decision was not taken and the item must stay on screen.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// The disk is full.
    #[error("the disk is full: the decision was not taken; free some space and press the key again")]
    Full,
    /// Anything else.
    #[error("the journal cannot be written ({0}): the decision was not taken; run `moddesk doctor`")]
    Io(String),
}
