//! What was seen of an item, as every way of leaving tells it.

use crate::moderation::pass::{Opened, Seen};
use crate::moderation::{Served, Sight};
use crate::wellbeing::{Look, Severity};
use jiff::Timestamp;
use std::time::Duration;

/// What was seen of an item.
#[derive(Clone, Copy, Debug)]
pub struct Seeing {
    /// What was there at most.
    pub seen: Seen,
    /// The heaviest opened.
    pub opened: Opened,
    /// When it came; a row that never was on screen has none.
    pub presented_at: Option<Timestamp>,
    /// In front of it.
    pub active: Duration,
}

impl Seeing {
    /// For the queue.
    pub fn sight(self, served: &Served, grade: Option<Severity>) -> Sight {
        Sight {
            item: served.item.id.clone(),
            revision: served.item.revision,
            seen: self.seen,
            opened: Some(self.opened),
            severity: grade,
            presented_at: self.presented_at,
            active_ms: Some(u64::try_from(self.active.as_millis()).unwrap_or(u64::MAX)),
        }
    }

    /// The same for the wellbeing arithmetic, at the level that counts after the decision.
    pub fn look(self, served: &Served, level: Severity) -> Look {
        Look {
            level,
            seen: Some(self.seen),
            opened: Some(self.opened),
            heaviest: served.item.heaviest(),
            active: Some(self.active),
            held: None,
            presented: self.presented_at,
        }
    }
}
