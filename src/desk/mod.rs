//! The only doors the screens use.
//!
//! A screen owns a [`Desk`]: two calls that write and sync before they return (a decision held, a decision taken
//! back), and [`Ask`]s that never wait. What comes of them arrives as [`News`] through the sink the desk was opened
//! with. Behind it stands a [`Line`]: the queue as one signed-in moderator sees it, in the same process or over HTTP.

mod active;
pub mod alert;
pub mod batch;
mod care;
pub mod clock;
pub mod deciding;
mod draft;
pub mod floor;
pub mod guard;
mod hands;
pub mod help;
mod house;
pub mod insight;
pub mod journal;
pub mod known;
mod ledger;
pub mod letters;
mod lexicon;
pub mod line;
mod local;
pub mod messages;
pub mod news;
pub mod own;
pub mod picture;
pub mod prefetch;
mod recent;
pub mod replying;
mod seeing;
mod settings;
mod working;

pub use active::Active;
pub use alert::{AlertLine, AlertWay};
pub use care::Care;
pub use clock::SystemClock;
pub use deciding::Says;
pub use draft::{Draft, ReplyAs};
pub use floor::{Broken, Floor, FloorAsk, FloorLine, FloorNews, FloorSink, Teller, WorkingFloor};
pub use house::House;
pub use lexicon::Lexicon;
pub use line::{Hints, HouseNow, Line, LineError};
pub use local::{Local, PoliciesOf};
pub use news::{Ask, Down, Held, Look, News, NoPicture, Sink, Unsent, Unsettled};
pub use recent::Recent;
pub use seeing::Seeing;
pub use settings::{Colours, Pictures, Settings};
pub use working::{DeskOptions, WorkingDesk};

/// What happened to an item, as the queue tells a screen.
pub use crate::store::HistoryEntry;
/// What a line answers, whatever it leads to.
pub use crate::store::{Decided, Kept, Renewed, Reverse};

use crate::moderation::{Decision, Served};
use jiff::Timestamp;
use std::sync::Arc;
use uuid::Uuid;

/// What a moderator can do. Nothing here waits for a network.
///
/// The desk knows which items are in the moderator's hands: told ahead, on screen ([`Ask::Shown`]) or held. An item
/// leaves them by [`Desk::hold`], [`Ask::Pass`] or [`Ask::Release`], or because the queue says so ([`News::Lost`],
/// [`News::GivenBack`]).
pub trait Desk: Send {
    /// Writes the decision to the journal and syncs it; only then may the next item be shown. It leaves the desk
    /// at `leaves_at`, unless it is taken back before. Several at once are one batch: one sync, one undo. What was
    /// seen of the item is told to the queue by the desk itself, and the item's draft is forgotten.
    fn hold(&mut self, decisions: &[Decision], leaves_at: Timestamp) -> Result<(), JournalError>;
    /// The same, with something to do while the disk syncs; it must show nothing of what comes next. It is done also
    /// where the decision could not be kept.
    fn hold_while(
        &mut self,
        decisions: &[Decision],
        leaves_at: Timestamp,
        meanwhile: &mut dyn FnMut(),
    ) -> Result<(), JournalError> {
        meanwhile();
        self.hold(decisions, leaves_at)
    }
    /// Takes the decision (or its whole batch) back, synced before it returns.
    fn take_back(&mut self, decision: Uuid) -> Result<TakenBack, JournalError>;
    /// Keeps the draft of an item in the journal, synced, or with `None` forgets it.
    fn keep_draft(&mut self, item: &str, draft: Option<&serde_json::Value>) -> Result<(), JournalError>;
    /// Everything else: never blocks; the answer is news.
    fn ask(&mut self, ask: Ask);
    /// Sends what is held, hands back what is undecided, and closes; blocks until it is done or the line is known
    /// to be dead (what is unsent stays in the journal). Answers what could not be recorded. Ask for the release
    /// of the item on screen first: one handed back without a word counts as fully seen.
    fn close(&mut self) -> Vec<Unsettled>;
}

/// The answer to [`Desk::take_back`].
#[derive(Clone, Debug, PartialEq)]
pub enum TakenBack {
    /// It will not be sent. Its items are in the moderator's hands again, in the order of the batch; after a change
    /// elsewhere (lease lost meanwhile) an item may be missing.
    Back(Vec<Arc<Served>>),
    /// Sending has begun, or it is recorded already: offer [`Ask::Reverse`].
    Sent,
}

/// The journal could not be written; the decision was not taken and the item must stay on screen.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// The disk is full.
    #[error("the disk is full: the decision was not taken; free some space and press the key again")]
    Full,
    /// The disk is full already when the desk opens.
    #[error("the disk is full: the desk does not open without a journal; free some space")]
    NoRoom,
    /// Another desk of the same moderator has taken over, so this one takes no decisions any more.
    #[error("another desk has taken over: the decision was not taken; go on there")]
    TakenOver,
    /// Written by a newer moddesk, which may keep more in it than this one would send.
    #[error("the journal {0} was written by a newer moddesk; install the newer moddesk")]
    Newer(String),
    /// A file that is no journal stands in its place.
    #[error("{0} is not a moddesk journal; move that file away")]
    NotAJournal(String),
    /// It could not even be opened.
    #[error("the journal cannot be opened ({0}); check who owns the data directory")]
    Unopened(String),
    /// Anything else.
    #[error("the journal cannot be written ({0}): the decision was not taken; run `moddesk doctor`")]
    Io(String),
}
