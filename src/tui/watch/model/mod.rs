//! What the screen knows.

mod layer;
mod pane;

pub use layer::{About, Draft, Entry, Layer, Pick, Whom};
pub use pane::{Pane, Row};

use crate::desk::floor::Teller;
use crate::desk::messages::Reader;
use crate::desk::{Broken, House};
use crate::moderation::alert::AlertState;
use crate::moderation::floor::{FloorNow, Found, QueueNow, Trouble, TroubleKind};
use crate::moderation::{DoubtState, Messages, NoticeState};
use crate::tui::command::Bindings;
use crate::tui::keymap::Pending;
use crate::tui::model::Mark;
use crate::tui::say::Say;
use crate::wellbeing::Moment;
use crate::words::Words;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;
use uuid::Uuid;

/// What does not change while the screen is open.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Who watches.
    pub who: String,
    /// Where the reader's clock hangs.
    pub zone: TimeZone,
    /// Rings for alerts.
    pub bell: bool,
    /// The queue is on this machine.
    pub here: bool,
}

/// An item that was opened.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The item as kept.
    pub kept: Box<crate::desk::Kept>,
    /// What happened to it.
    pub history: Vec<crate::desk::HistoryEntry>,
    /// Harder content stays covered until it is asked for.
    pub shown: bool,
    /// Rows scrolled by.
    pub scroll: usize,
}

/// A search.
#[derive(Clone, Debug, Default)]
pub struct Search {
    /// As it was typed.
    pub typed: String,
    /// What was found so far.
    pub found: Vec<Found>,
    /// Whether it goes on.
    pub running: bool,
}

/// The whole screen.
pub struct Model {
    /// As configured.
    pub settings: Settings,
    /// The keys.
    pub keys: Arc<Bindings>,
    /// The words.
    pub words: Arc<Words>,
    /// The moment of the message that is worked on.
    pub at: Moment,
    /// Columns and rows.
    pub size: (u16, u16),
    /// The house, as it was told last.
    pub now: FloorNow,
    /// Clients, policies and queues.
    pub house: House,
    /// Alerts that nobody has taken.
    pub alerts: Vec<AlertState>,
    /// Questions and notices.
    pub messages: Messages,
    /// Troubles that stand.
    pub troubles: Vec<Trouble>,
    /// Of those, the ones somebody here knows of.
    pub quiet: BTreeSet<(TroubleKind, String)>,
    /// Since when the line is down, and why.
    pub down: Option<(Broken, Timestamp)>,
    /// The pane that has the keys.
    pub pane: Pane,
    /// Where the cursor stands in each.
    pub cursor: BTreeMap<Pane, (Row, usize)>,
    /// What lies over the panes, the topmost last.
    pub layers: Vec<Layer>,
    /// An item over the panes.
    pub opened: Option<Opened>,
    /// A notice over the panes, and the rows scrolled by.
    pub reading: Option<(Uuid, usize)>,
    /// The question that was answered last here: it can be kept as a precedent.
    pub answered: Option<Uuid>,
    /// What was typed and not sent, by what it was for.
    pub unsent: BTreeMap<Draft, String>,
    /// The last search.
    pub search: Search,
    /// One line to the reader.
    pub mark: Option<Mark>,
    /// Keys begun.
    pub pending: Pending,
    /// Ids for decisions.
    pub ids: VecDeque<Uuid>,
    /// The screen is being left.
    pub leaving: bool,
}

impl Model {
    /// Before anything was heard.
    pub fn new(settings: Settings, keys: Arc<Bindings>, words: Arc<Words>, at: Moment, size: (u16, u16)) -> Self {
        Self {
            settings,
            keys,
            words,
            at,
            size,
            now: FloorNow::default(),
            house: House::default(),
            alerts: Vec::new(),
            messages: Messages::default(),
            troubles: Vec::new(),
            quiet: BTreeSet::new(),
            down: None,
            pane: Pane::Queues,
            cursor: BTreeMap::new(),
            layers: Vec::new(),
            opened: None,
            reading: None,
            answered: None,
            unsent: BTreeMap::new(),
            search: Search::default(),
            mark: None,
            pending: Pending::default(),
            ids: VecDeque::new(),
            leaving: false,
        }
    }

    /// Too small to show anything useful.
    pub fn too_small(&self) -> bool {
        self.size.0 < 60 || self.size.1 < 16
    }

    /// Whether two panes stand under the queues.
    pub fn wide(&self) -> bool {
        self.size.0 >= 110 && self.size.1 >= 30
    }

    /// One line to the reader.
    pub fn say(&mut self, mark: impl Into<Mark>) {
        self.mark = Some(mark.into());
    }

    /// Speaks to this reader.
    pub fn speaker(&self) -> Say<'_> {
        Say { words: &self.words, zone: &self.settings.zone, now: self.at.wall }
    }

    /// Tells of the floor.
    pub fn teller(&self) -> Teller<'_> {
        Teller { words: &self.words, zone: &self.settings.zone, at: self.at.wall }
    }

    /// The queues in the order in which they are shown: by client, then by name.
    pub fn queues(&self) -> Vec<&QueueNow> {
        let mut queues: Vec<&QueueNow> = self.now.queues.iter().collect();
        queues.sort_by(|a, b| (&a.stats.client, &a.stats.name).cmp(&(&b.stats.client, &b.stats.name)));
        queues
    }

    /// A queue as it stands.
    pub fn queue(&self, name: &str) -> Option<&QueueNow> {
        self.now.queues.iter().find(|queue| queue.stats.name == name)
    }

    /// Reads questions and notices to this reader.
    pub fn reader(&self) -> Reader<'_> {
        Reader { words: &self.words, zone: &self.settings.zone, now: self.at.wall, house: &self.house }
    }

    /// A question, answered or not.
    pub fn doubt(&self, id: Uuid) -> Option<&DoubtState> {
        self.messages.doubts.iter().find(|doubt| doubt.id == id)
    }

    /// A notice.
    pub fn notice(&self, id: Uuid) -> Option<&NoticeState> {
        self.messages.notices.iter().find(|notice| notice.id == id)
    }

    /// The questions about the item that is open, the oldest first.
    pub fn asked_here(&self) -> impl Iterator<Item = &DoubtState> {
        let item = self.opened.as_ref().map(|opened| opened.kept.item.id.as_str());
        self.messages.doubts.iter().rev().filter(move |doubt| Some(doubt.item.as_str()) == item)
    }

    /// The question that a key is about: of the item that is open, else that of the row.
    pub fn question_at(&self) -> Option<&DoubtState> {
        if self.opened.is_some() {
            let undecided = || self.asked_here().filter(|doubt| doubt.settled.is_none());
            return undecided().find(|doubt| doubt.is_open()).or_else(|| undecided().next());
        }
        match self.row()? {
            Row::Doubt(id) if self.reading.is_none() => self.doubt(id),
            _ => None,
        }
    }

    /// The answered question that can be kept as a precedent: of the item that is open, else the one answered last.
    pub fn keepable(&self) -> Option<&DoubtState> {
        let answered = |doubt: &&DoubtState| !doubt.answers.is_empty() && !doubt.precedent;
        let last = || self.answered.and_then(|id| self.doubt(id)).filter(answered);
        self.asked_here().find(answered).or_else(last)
    }

    /// Troubles that nobody here has acknowledged.
    pub fn loud(&self) -> impl Iterator<Item = &Trouble> {
        self.troubles.iter().filter(|trouble| !self.quiet.contains(&(trouble.kind, trouble.queue.clone())))
    }

    /// Alerts that nobody has taken.
    pub fn untaken(&self) -> impl Iterator<Item = &AlertState> {
        self.alerts.iter().filter(|alert| alert.taken.is_none() && !alert.alert.withdrawn)
    }
}
