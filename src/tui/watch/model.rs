//! What the screen knows.

use crate::desk::floor::{Teller, Word};
use crate::desk::{Broken, House};
use crate::moderation::alert::AlertState;
use crate::moderation::floor::{FloorNow, Found, QueueNow, Trouble, TroubleKind};
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

/// A list that can have the keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Pane {
    /// The queues, by client.
    Queues,
    /// Who works, and what they can take.
    People,
    /// What is in somebody's hands, and what is stuck.
    Hands,
    /// Subjects under which much comes.
    Threads,
    /// Alerts and troubles.
    Alerts,
    /// What a search found.
    Found,
}

impl Pane {
    /// All of them, in the order of Tab.
    pub const ALL: [Self; 6] = [Self::Queues, Self::People, Self::Hands, Self::Threads, Self::Alerts, Self::Found];

    /// The message with its title.
    pub fn title(self) -> &'static str {
        match self {
            Self::Queues => "watch-queues",
            Self::People => "watch-people",
            Self::Hands => "watch-hands",
            Self::Threads => "watch-threads",
            Self::Alerts => "watch-alerts",
            Self::Found => "watch-found",
        }
    }
}

/// A row, by what it is and not by where it stands: what comes in never moves the cursor.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Row {
    /// A queue.
    Queue(String),
    /// A person.
    Person(String),
    /// A lease on an item.
    Lease(String),
    /// An item that nobody may take.
    Stuck(String),
    /// A subject.
    Thread(String),
    /// An alert of imminent harm.
    Alert(Uuid),
    /// A trouble of a queue.
    Trouble(TroubleKind, String),
    /// What was found.
    Found(String),
}

/// What a question is about.
#[derive(Clone, Debug, PartialEq)]
pub enum About {
    /// Why a queue is paused.
    Pause(String),
    /// An item's priority.
    Priority(String),
    /// An item's deadline.
    Deadline(String),
    /// What to find.
    Find,
    /// Somebody's queues.
    Assign(String),
    /// Why the last word is what it is.
    Reason(Box<Word>),
}

/// What is picked from a list with letters.
#[derive(Clone, Debug, PartialEq)]
pub enum Pick {
    /// The queue an item goes to.
    Queue(String),
    /// The verdict of a last word.
    Verdict(Box<Word>),
    /// Its measure.
    Measure(Box<Word>),
    /// Its policy.
    Policy(Box<Word>),
}

/// An entry of a list to choose from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The letter that picks it; `\0` for none.
    pub letter: char,
    /// As it is shown.
    pub title: String,
    /// As it is meant.
    pub code: String,
}

/// What lies over the panes.
#[derive(Clone, Debug, PartialEq)]
pub enum Layer {
    /// A list with letters.
    Chooser {
        /// What for.
        pick: Pick,
        /// What there is.
        entries: Vec<Entry>,
        /// The one with the cursor.
        at: usize,
    },
    /// One line to type.
    Question {
        /// What for.
        about: About,
        /// What was typed.
        text: String,
    },
    /// Every command by its name.
    Palette {
        /// What was typed.
        text: String,
        /// The line with the cursor.
        at: usize,
    },
    /// The keys.
    Help {
        /// Rows scrolled by.
        scroll: usize,
    },
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
            troubles: Vec::new(),
            quiet: BTreeSet::new(),
            down: None,
            pane: Pane::Queues,
            cursor: BTreeMap::new(),
            layers: Vec::new(),
            opened: None,
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

    /// The rows of a pane.
    pub fn rows(&self, pane: Pane) -> Vec<Row> {
        match pane {
            Pane::Queues => self.queues().into_iter().map(|queue| Row::Queue(queue.stats.name.clone())).collect(),
            Pane::People => self.now.people.iter().map(|person| Row::Person(person.name.clone())).collect(),
            Pane::Hands => {
                let stuck = self.now.stuck.iter().map(|item| Row::Stuck(item.item.clone()));
                stuck.chain(self.now.leases.iter().map(|lease| Row::Lease(lease.item.clone()))).collect()
            }
            Pane::Threads => self.now.threads.iter().map(|thread| Row::Thread(thread.subject.clone())).collect(),
            Pane::Alerts => {
                let alerts = self.alerts.iter().map(|alert| Row::Alert(alert.alert.id));
                let troubles = self.troubles.iter();
                alerts.chain(troubles.map(|trouble| Row::Trouble(trouble.kind, trouble.queue.clone()))).collect()
            }
            Pane::Found => self.search.found.iter().map(|found| Row::Found(found.item.clone())).collect(),
        }
    }

    /// Where the cursor stands in a pane: on its row, or where that was when it went away.
    pub fn place(&self, pane: Pane) -> usize {
        let rows = self.rows(pane);
        let Some((row, was)) = self.cursor.get(&pane) else { return 0 };
        rows.iter().position(|other| other == row).unwrap_or(*was).min(rows.len().saturating_sub(1))
    }

    /// The row under the cursor.
    pub fn row(&self) -> Option<Row> {
        self.rows(self.pane).into_iter().nth(self.place(self.pane))
    }

    /// Moves the cursor.
    pub fn go(&mut self, by: isize) {
        let rows = self.rows(self.pane);
        let to = self.place(self.pane).saturating_add_signed(by).min(rows.len().saturating_sub(1));
        if let Some(row) = rows.into_iter().nth(to) {
            self.cursor.insert(self.pane, (row, to));
        }
    }

    /// The item that a key is about: the one that is open, else that of the row.
    pub fn item(&self) -> Option<String> {
        if let Some(opened) = &self.opened {
            return Some(opened.kept.item.id.clone());
        }
        match self.row()? {
            Row::Lease(item) | Row::Stuck(item) | Row::Found(item) => Some(item),
            Row::Thread(subject) => {
                self.now.threads.iter().find(|thread| thread.subject == subject).map(|thread| thread.item.clone())
            }
            Row::Alert(id) => {
                self.alerts.iter().find(|alert| alert.alert.id == id).map(|alert| alert.alert.item.clone())
            }
            Row::Queue(_) | Row::Person(_) | Row::Trouble(..) => None,
        }
    }

    /// The queue that a key is about.
    pub fn queue_at(&self) -> Option<String> {
        match self.row()? {
            Row::Queue(name) | Row::Trouble(_, name) => Some(name),
            _ => None,
        }
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
