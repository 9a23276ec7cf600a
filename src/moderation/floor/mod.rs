//! What a supervisor sees of the house, and the acts by which they step in.
//!
//! The figures serve the queue, the client and the person: nobody is ranked, and of a person nothing is said but what
//! they can take now.

pub mod act;
pub mod find;
pub mod flow;
pub mod forecast;
pub mod trouble;

pub use act::{Answered, Override, Standing, Step};
pub use find::{Findings, Found};
pub use flow::{Flow, Share};
pub use forecast::{Forecast, Outlook, forecast};
pub use trouble::{Trouble, TroubleKind, troubles};

use super::queue::{QueueStats, SEALED};
use super::webhook::HookTrouble;
use crate::text::Untrusted;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The house at one moment.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FloorNow {
    /// By the queue's clock.
    pub at: Option<Timestamp>,
    /// A row a queue.
    pub queues: Vec<QueueNow>,
    /// Who works here.
    pub people: Vec<PersonNow>,
    /// What is in somebody's hands, the longest first, up to a limit.
    pub leases: Vec<LeaseNow>,
    /// Subjects under which most has come within the hour, the most first.
    pub threads: Vec<HotThread>,
    /// What waits and nobody may take, the oldest first, up to a limit.
    pub stuck: Vec<StuckItem>,
    /// Webhooks to which something does not get through.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub webhooks: Vec<HookTrouble>,
}

/// A queue as the supervisor sees it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct QueueNow {
    /// The figures that everybody gets by `moddesk stats`.
    pub stats: QueueStats,
    /// As the moderator reads its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Seconds by the clock that the oldest of it has from reception to due (what comes now, where nothing is left):
    /// working hours are counted in. Absent means that there is no deadline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline_s: Option<u64>,
    /// Why it is paused, where it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paused_because: Option<String>,
    /// What came in and went out, by the minute.
    pub flow: Flow,
    /// Decided and removed since midnight UTC.
    pub today: Share,
    /// The same over the days before that are remembered.
    pub usual: Share,
    /// How many people have something of it in their hands.
    pub hands: u32,
}

impl QueueNow {
    /// Waiting or leased: what is still to be done.
    pub fn left(&self) -> u64 {
        self.stats.waiting + self.stats.leased
    }

    /// What becomes of it at the present pace. `spare` is what one person of the house gets done in a minute, for a
    /// queue that nobody works.
    pub fn forecast(&self, at: Timestamp, spare: Option<f64>) -> Forecast {
        forecast(self, at, spare)
    }
}

/// What somebody can take now. Not why.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Takes {
    /// No shift runs.
    #[default]
    Offline,
    /// Everything that they may.
    All,
    /// Nothing hard.
    Light,
    /// Nothing; they are back at the moment beside it, where that is known.
    OnBreak,
}

/// A person as the supervisor sees them. By its schema nothing else of wellbeing can stand here.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PersonNow {
    /// Their name.
    pub name: String,
    /// What they can take.
    pub takes: Takes,
    /// When they are back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub back_at: Option<Timestamp>,
    /// The queues they work; empty means all.
    pub queues: Vec<String>,
    /// The languages they read; empty means all.
    pub languages: Vec<String>,
}

/// Something in somebody's hands, or kept for somebody who asked about it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LeaseNow {
    /// The item.
    pub item: String,
    /// The queue it is in.
    pub queue: String,
    /// In whose hands, or kept for whom.
    pub by: String,
    /// Since when.
    pub since: Timestamp,
    /// Until when, if it is not renewed.
    pub until: Timestamp,
    /// By when it must be decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<Timestamp>,
    /// In nobody's hands: parked until the question about it is answered.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub parked: bool,
}

/// A subject under which much comes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct HotThread {
    /// The subject's id.
    pub subject: String,
    /// Its title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Untrusted>,
    /// The queue it comes in by.
    pub queue: String,
    /// What came of late.
    pub came: u32,
    /// What of that still waits.
    pub waiting: u32,
    /// One of its items, to begin with.
    pub item: String,
}

/// What waits and nobody may take.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StuckItem {
    /// The item.
    pub item: String,
    /// The queue it waits in.
    pub queue: String,
    /// Since when.
    pub received_at: Timestamp,
    /// By when it must be decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<Timestamp>,
    /// Whether everybody who might has handed it back; else nobody here may at all.
    pub passed: bool,
}

impl FloorNow {
    /// Takes out what only those may know of who may know that sealed items exist.
    pub fn hide_sealed(&mut self) {
        self.queues.retain(|queue| queue.stats.name != SEALED);
        self.stuck.retain(|item| item.queue != SEALED);
        self.leases.retain(|lease| lease.queue != SEALED);
    }

    /// What one person gets done in a minute, over the whole house; nothing where nobody works.
    pub fn pace(&self) -> Option<f64> {
        let working = self.people.iter().filter(|person| matches!(person.takes, Takes::All | Takes::Light)).count();
        let done: f64 = self.queues.iter().map(|queue| queue.flow.pace_out()).sum();
        let hands: u32 = self.queues.iter().map(|queue| queue.hands).sum();
        let people = f64::from(hands).max(1.0).min((working as f64).max(1.0));
        (done > 0.0 && hands > 0).then(|| done / people)
    }
}
