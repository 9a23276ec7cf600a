//! What stands in a queue, a page at a time: for lists at a prompt, never for whoever decides.

use super::Result;
use super::keeper::import::read_body;
use super::keeper::lease;
use super::keeper::log::timestamp;
use crate::moderation::Item;
use crate::moderation::filter::Filter;
use crate::wellbeing::Severity;
use jiff::Timestamp;

/// Which items, and where in them to go on.
#[derive(Clone, Debug, Default)]
pub struct Listing {
    /// The queue that they are in now.
    pub queue: String,
    /// What was decided or withdrawn as well, not only what waits or is in somebody's hands.
    pub all: bool,
    /// Those behind this one, in the order of arrival.
    pub after: i64,
    /// At most so many are looked at for one answer.
    pub limit: u32,
}

/// One of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    /// Its place in the order of arrival: where the next page goes on.
    pub place: i64,
    /// The content; of a sealed or erased item only what stays.
    pub item: Item,
    /// waiting, leased, decided, withdrawn or sealed.
    pub state: &'static str,
    /// Its round.
    pub round: u32,
    /// The level that counts, 0 to 4.
    pub level: u8,
    /// By when.
    pub due_at: Option<Timestamp>,
}

impl Listed {
    /// Whether it passes a filter. The level that counts is the store's: a decision may have raised it above what the
    /// item came with.
    pub fn passes(&self, filter: &Filter, now: Timestamp) -> bool {
        let severity = Severity::new(self.level).unwrap_or_default().max(self.item.severity);
        if severity == self.item.severity {
            return filter.holds(&self.item, self.due_at, now);
        }
        let item = Item { severity, ..self.item.clone() };
        filter.holds(&item, self.due_at, now)
    }
}

/// A row as both engines read it.
pub(in crate::store) struct ListedRow {
    pub place: i64,
    pub state: i64,
    pub round: i64,
    pub received: i64,
    pub due: i64,
    pub lang: String,
    pub level: i64,
    pub body: Vec<u8>,
    pub until: Option<i64>,
}

impl ListedRow {
    /// What is said of it at a moment.
    pub(in crate::store) fn listed(self, now: i64) -> Result<Listed> {
        let mut item = read_body(&self.body)?;
        if item.lang.is_none() && self.lang != "und" {
            item.lang = Some(self.lang);
        }
        item.received_at = Some(timestamp(self.received));
        let state = match self.state {
            lease::DECIDED => "decided",
            lease::WITHDRAWN => "withdrawn",
            lease::SEALED => "sealed",
            _ if self.until.is_some_and(|until| until > now) => "leased",
            _ => "waiting",
        };
        Ok(Listed {
            place: self.place,
            item,
            state,
            round: u32::try_from(self.round).unwrap_or(u32::MAX),
            level: u8::try_from(self.level).unwrap_or(4),
            due_at: lease::due_at(self.due),
        })
    }
}
