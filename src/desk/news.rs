//! What a screen asks of its desk, and what it hears back.

use super::LineError;
use super::picture::{Picture, Room, Step, Unfit};
use crate::moderation::alert::AlertState;
use crate::moderation::author::AuthorFigures;
use crate::moderation::claim::{BreakDue, Why};
use crate::moderation::doubt::{self, Seeking};
use crate::moderation::group::Thread;
use crate::moderation::mine::Mine;
use crate::moderation::policy::Policies;
use crate::moderation::shift::{Handover, ShiftState};
use crate::moderation::{
    Alert, By, Client, Decision, Doubt, Group, Messages, Pass, Precedent, Queue, Recorded, Refusal, Served, Sight,
};
use crate::store::HistoryEntry;
use jiff::Timestamp;
use std::sync::Arc;
use uuid::Uuid;

/// Where news goes: the screen's own channel.
pub type Sink = Arc<dyn Fn(News) + Send + Sync>;

/// What a screen asks. None of it waits.
#[derive(Clone, Debug, PartialEq)]
pub enum Ask {
    /// Signs in (or continues), sends what the journal has, fetches clients and policies, and begins to prefetch.
    Begin {
        /// The planned end.
        ends_at: Option<Timestamp>,
        /// Take over from another open desk of mine.
        take_over: bool,
    },
    /// Keep this many items ahead of the screen. The desk also keeps going by itself as items are used up.
    Prefetch(u32),
    /// An item came on screen: it is the screen's now.
    Shown(String),
    /// Hand these back undecided. Comes before `BeginBreak`, `Away`, `EndShift` and `Desk::close` for the item on
    /// screen, because only the screen knows what was seen of it; what was never shown the desk hands back itself.
    Release(Vec<Sight>),
    /// Hand this back with a reason.
    Pass(Pass),
    /// Ask before deciding: the item leaves the desk, parked.
    Doubt(Doubt),
    /// Answer a doubt of somebody else's, or add to one's own.
    Answer(Uuid, doubt::Answer),
    /// Keep an answered doubt as a precedent, or no longer.
    KeepPrecedent(Uuid, bool),
    /// These have been read: notices, answers, what came back.
    Confirm(Vec<Uuid>),
    /// Take up an item that is parked: it comes before all others.
    TakeUp(String),
    /// Precedents beside an item in hand, or by words.
    Precedents(Seeking),
    /// Tell what was seen of an item otherwise than in a decision, pass or release: those carry it themselves.
    Expose(Sight),
    /// Undo a decision that has been sent. Waits for its answer where that is still on the way.
    Reverse(Uuid),
    /// Raise, complete or withdraw an alert: sent at once.
    Alert(Alert),
    /// A break begins by the desk's own arithmetic or by `B`: what is held is sent. Where a rule made it due, what
    /// is undecided goes back at once; in a voluntary one it stays until `Away`.
    BeginBreak {
        /// voluntary, or the rule that made it due.
        rule: String,
        /// lunch, meeting or technical, where said.
        said: Option<String>,
    },
    /// Enter on the break screen, or any key in a voluntary one.
    EndBreak,
    /// Agree anew to graphic items above the day's soft cap.
    AgreeGraphic,
    /// What this queue knows of an author.
    Author(String),
    /// What happened to an item.
    History(String),
    /// How many belong with an item in hand, in every way.
    Groups(String),
    /// The thread that an item in hand stands in.
    Thread(String),
    /// What stands on one's own page.
    Mine,
    /// From the next claim on these topics are not served to this moderator, and all others are.
    OptOut(Vec<String>),
    /// A picture of an item in hand, as far as a step shows it.
    Picture(Look),
    /// It is covered again, or its item has left: nothing of it is kept any longer.
    CoverPicture,
    /// Open what belongs with an item in hand in this way: all of it that waits is leased to this moderator until it is
    /// decided or released.
    OpenBatch(String, By),
    /// Take what waits of the thread that the item on screen stands in, in order: it comes ahead of all others.
    TakeThread(String),
    /// The curtain (or a voluntary break) has lasted over 2 minutes: what is undecided goes back, nothing is renewed
    /// or claimed but what is held, until `Away(false)`.
    Away(bool),
    /// Refused decisions that the moderator has read.
    Read(Vec<Uuid>),
    /// Send what is held now, as `q` does before the summary stands; the shift goes on.
    SendHeld,
    /// Send what is held now; then end the shift with these notes.
    EndShift(Vec<Handover>),
}

/// What a screen hears.
#[derive(Clone, Debug)]
pub enum News {
    /// The shift as the queue has it; also after every change of it.
    Shift(Box<ShiftState>),
    /// Another desk of this moderator is open: ask before taking over.
    OtherDesk(String),
    /// Clients, queues and their policies; again whenever one changes.
    House {
        /// All clients this moderator works for.
        clients: Vec<Client>,
        /// Their policies, by client name.
        policies: Vec<(String, Policies)>,
        /// All queues this moderator works.
        queues: Vec<Queue>,
    },
    /// Items fetched ahead, in the order of serving; they follow those told before. An item handed back by a
    /// reversal has `first` set and comes before all.
    Ahead {
        /// What.
        items: Vec<Arc<Served>>,
        /// How many wait in all.
        waiting: u64,
        /// Before all others.
        first: bool,
    },
    /// Nothing could be fetched; what is ahead stays.
    Nothing(Why),
    /// A break is due or runs, by the queue's word.
    Break(BreakDue),
    /// What became of decisions that were sent. Those that failed stay listed until `Ask::Read`.
    Settled(Vec<Recorded>),
    /// What the journal had when the desk was opened: how many were sent, which had become impossible.
    Recovered {
        /// Sent and recorded (or recorded before).
        sent: u64,
        /// Not possible any more.
        impossible: Vec<Unsettled>,
        /// Drafts, by item: offered again when their item returns.
        drafts: Vec<(String, serde_json::Value)>,
    },
    /// What became of [`Ask::Reverse`]: the decision it was about, and the queue's answer. Where the item is leased
    /// to me again, it follows as `Ahead` with `first`.
    Reversed(Uuid, Box<Recorded>),
    /// Leases lost while on screen or ahead: the items are not mine any more, and why.
    Lost(Vec<Refusal>),
    /// The desk handed these back by itself (break, absence, end of shift).
    GivenBack(Vec<String>),
    /// A newer revision of an item on screen or ahead, leased to me: it takes the older one's place.
    Revised(Arc<Served>),
    /// An alert's state: sent, taken, or (`Err`) not sent yet, and why. The desk keeps trying.
    Alert(Result<Box<AlertState>, Unsent>),
    /// The answer to [`Ask::Author`].
    Author(String, Box<AuthorFigures>),
    /// The answer to [`Ask::History`].
    History(String, Vec<HistoryEntry>),
    /// The answer to [`Ask::Groups`]: counts alone.
    Groups(String, Vec<Group>),
    /// The answer to [`Ask::Thread`].
    Thread(String, Box<Thread>),
    /// The answer to [`Ask::Mine`], and to [`Ask::OptOut`].
    Mine(Box<Mine>),
    /// The answer to [`Ask::Picture`]; where nothing is shown, why.
    Picture(Look, Result<Picture, NoPicture>),
    /// The answer to [`Ask::OpenBatch`]: the item it was about, the group, and what of it is leased to me now, in its
    /// order; nothing where it has gone meanwhile.
    Batch(String, Box<Group>, Vec<Arc<Served>>),
    /// The answer to [`Ask::TakeThread`]: what is leased to me now, to come right after the item on screen, in order,
    /// and how many of the thread wait or are mine in all.
    Taken(String, Vec<Arc<Served>>, u64),
    /// Notices, doubts and what came back; again whenever something of it changes.
    Messages(Box<Messages>),
    /// The answer to [`Ask::Precedents`].
    Precedents(Seeking, Vec<Precedent>),
    /// The answer to [`Ask::TakeUp`]: whether the item is leased to me; then it follows as `Ahead` with `first`.
    TakenUp(String, bool),
    /// The line's state: round trip in ms where known, and how many decisions are held or unsent.
    LineState {
        /// `Ok(round trip)` or why it is down.
        state: Result<Option<u32>, Down>,
        /// Due to leave, not yet there.
        unsent: u32,
    },
    /// Another desk took over: leave.
    TakenOver(String),
    /// The shift is ended and everything is settled that could be.
    Ended(Vec<Unsettled>),
    /// Something that was asked failed for good.
    Failed(String),
}

/// A look at a picture: whose, which of its media, and how much of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// The item.
    pub item: String,
    /// The place among its media.
    pub at: usize,
    /// Under which its bytes are kept.
    pub hash: String,
    /// How much of it.
    pub step: Step,
    /// Into how much room, in pixels.
    pub room: Room,
}

/// Why no picture is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoPicture {
    /// The queue does not have its bytes.
    NotHere,
    /// The line is down.
    Down,
    /// It cannot be decoded.
    Unfit(Unfit),
}

impl NoPicture {
    /// Its name among the messages.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotHere => "not_here",
            Self::Down => "down",
            Self::Unfit(unfit) => unfit.code(),
        }
    }
}

impl From<LineError> for News {
    fn from(error: LineError) -> Self {
        match error {
            LineError::TakenOver(desk) => Self::TakenOver(desk),
            other => Self::Failed(other.to_string()),
        }
    }
}

/// Why the line is down, told apart so that it can be said in the reader's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Down {
    /// Nobody answers, or not with what was asked; in the system's words.
    Unreachable(String),
    /// The line broke in the middle of a call, which may have arrived.
    Broke(String),
    /// The queue asks to wait.
    Busy,
    /// The token is no good any more.
    SignedOut,
}

impl Down {
    /// What a failed call says of the line; nothing where it was answered.
    pub fn of(error: &LineError) -> Option<Self> {
        Some(match error {
            LineError::Down(why) => Self::Unreachable(why.clone()),
            LineError::Unsure(why) => Self::Broke(why.clone()),
            LineError::Wait(_) => Self::Busy,
            LineError::SignedOut(_) => Self::SignedOut,
            LineError::TakenOver(_) | LineError::Refused(_) => return None,
        })
    }

    /// Its name among the messages on the line, and the reason in the system's words.
    pub fn said(&self) -> (&'static str, &str) {
        match self {
            Self::Unreachable(why) => ("line-unreachable", why),
            Self::Broke(why) => ("line-broke", why),
            Self::Busy => ("line-busy", ""),
            Self::SignedOut => ("line-signed-out", ""),
        }
    }
}

/// A decision on its way.
#[derive(Clone, Debug, PartialEq)]
pub struct Held {
    /// The decision.
    pub decision: Decision,
    /// When it leaves.
    pub leaves_at: Timestamp,
}

/// An alert that has not left.
#[derive(Clone, Debug, PartialEq)]
pub struct Unsent {
    /// The alert as raised.
    pub alert: Alert,
    /// Why not, in the line's words.
    pub why: String,
    /// Whom to ring meanwhile, in order: the call list of the item's client, as far as it is known here.
    pub call: Vec<String>,
}

/// A decision that could not be recorded, listed until read.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Unsettled {
    /// The decision as it was made.
    pub decision: Decision,
    /// Why not, in the queue's words; empty when it is simply not sent yet.
    pub result: Option<Recorded>,
}
