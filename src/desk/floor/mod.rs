//! What a supervisor can see and do: the door of their screens, as [`Desk`](super::Desk) is the moderator's.
//!
//! A screen owns a [`Floor`] and asks; nothing here waits. What comes of it arrives as [`FloorNews`]. Behind it stands
//! a [`FloorLine`]: the queue in the same process, or a team's server over HTTP.

mod letters;
mod line;
mod local;
mod told;
mod word;
mod working;

pub use line::FloorLine;
pub use told::Teller;
pub use word::{Word, deadline};
pub use working::WorkingFloor;

use super::line::{HouseNow, LineError};
use super::{HistoryEntry, Kept};
use crate::moderation::alert::AlertState;
use crate::moderation::doubt::Answer;
use crate::moderation::floor::{Findings, FloorNow, Override, Standing, Step};
use crate::moderation::{Messages, Notice};
use std::sync::Arc;
use uuid::Uuid;

/// What a supervisor can see and do. Nothing here waits for a network.
pub trait Floor: Send {
    /// Asks; the answer is news.
    fn ask(&mut self, ask: FloorAsk);
    /// Stops asking.
    fn close(&mut self);
}

/// Where the news go.
pub type FloorSink = Arc<dyn Fn(FloorNews) + Send + Sync>;

/// What can be asked.
#[derive(Clone, Debug, PartialEq)]
pub enum FloorAsk {
    /// The picture anew, whether anything rang or not.
    Look,
    /// One step on one item.
    Step(String, Step),
    /// The last word on one item.
    Overrule(Box<Override>),
    /// Serve nothing from a queue, with the reason; or serve from it again.
    Pause {
        /// Which.
        queue: String,
        /// Why; nothing to resume.
        because: Option<String>,
    },
    /// These queues are somebody's from now on; none means all.
    Assign {
        /// Who.
        person: String,
        /// Which.
        queues: Vec<String>,
    },
    /// Take an alert.
    Acknowledge(Uuid),
    /// Answer a question.
    Answer {
        /// Which.
        doubt: Uuid,
        /// What.
        answer: Answer,
    },
    /// Keep a question that was answered as a precedent.
    Keep(Uuid),
    /// Send a notice.
    Notify(Notice),
    /// One item with its history.
    Open(String),
    /// Look for items by a filter, or by an id alone; another search ends the one before.
    Find(String),
    /// Look no further.
    StopFinding,
    /// The dossier of one item.
    Case(String),
}

/// What a screen hears.
#[derive(Clone, Debug)]
pub enum FloorNews {
    /// How it stands.
    Now(Box<FloorNow>),
    /// Alerts that nobody has taken, and one's own.
    Alerts(Vec<AlertState>),
    /// Questions and notices, with who has read them.
    Messages(Box<Messages>),
    /// Clients, policies and queues.
    House(Box<HouseNow>),
    /// What was asked is done.
    Done(FloorAsk, Option<Box<Standing>>),
    /// What was asked is not done, with the reason.
    Refused(FloorAsk, String),
    /// An item with its history.
    Opened(Box<Kept>, Vec<HistoryEntry>),
    /// A part of what a search finds; the number of items looked at so far, in parts.
    Found(String, Findings),
    /// A search is over: everything was looked at.
    Searched(String),
    /// A dossier, as JSON.
    Case(String, String),
    /// The line is down, with the reason; or there again.
    Line(Option<Broken>),
}

/// Why nothing more is heard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// In words.
    pub why: String,
    /// Asking again cannot help: signed out, or not allowed.
    pub for_good: bool,
}

impl From<&LineError> for Broken {
    fn from(error: &LineError) -> Self {
        Self { why: error.to_string(), for_good: error.is_permanent() }
    }
}
