//! What there is to look at: the panes, and the rows in them.

use super::Model;
use crate::moderation::floor::TroubleKind;
use uuid::Uuid;

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
    /// Questions that nobody has answered.
    Questions,
    /// Notices, and who has read them.
    Notices,
    /// What a search found.
    Found,
}

impl Pane {
    /// All of them, in the order of Tab.
    pub const ALL: [Self; 8] = [
        Self::Queues,
        Self::People,
        Self::Hands,
        Self::Threads,
        Self::Alerts,
        Self::Questions,
        Self::Notices,
        Self::Found,
    ];

    /// The message with its title.
    pub fn title(self) -> &'static str {
        match self {
            Self::Queues => "watch-queues",
            Self::People => "watch-people",
            Self::Hands => "watch-hands",
            Self::Threads => "watch-threads",
            Self::Alerts => "watch-alerts",
            Self::Questions => "watch-questions",
            Self::Notices => "watch-notices",
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
    /// A question.
    Doubt(Uuid),
    /// A notice.
    Notice(Uuid),
    /// What was found.
    Found(String),
}

impl Model {
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
            Pane::Questions => self.messages.questions().into_iter().map(|doubt| Row::Doubt(doubt.id)).collect(),
            Pane::Notices => self.messages.notices.iter().map(|notice| Row::Notice(notice.id)).collect(),
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
        if self.reading.is_some() {
            return None;
        }
        match self.row()? {
            Row::Lease(item) | Row::Stuck(item) | Row::Found(item) => Some(item),
            Row::Thread(subject) => {
                self.now.threads.iter().find(|thread| thread.subject == subject).map(|thread| thread.item.clone())
            }
            Row::Alert(id) => {
                self.alerts.iter().find(|alert| alert.alert.id == id).map(|alert| alert.alert.item.clone())
            }
            Row::Doubt(id) => self.doubt(id).map(|doubt| doubt.item.clone()),
            Row::Queue(_) | Row::Person(_) | Row::Trouble(..) | Row::Notice(_) => None,
        }
    }

    /// The queue that a key is about.
    pub fn queue_at(&self) -> Option<String> {
        match self.row()? {
            Row::Queue(name) | Row::Trouble(_, name) => Some(name),
            _ => None,
        }
    }
}
