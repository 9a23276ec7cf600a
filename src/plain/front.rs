//! The item that was told last, and what was heard of it.

use crate::desk::{Active, Draft, House, Lexicon, Seeing};
use crate::moderation::pass::{Opened, Seen};
use crate::moderation::policy::Policies;
use crate::moderation::{Served, Sight};
use crate::wellbeing::{Look, Masking, Severity};
use jiff::Timestamp;
use std::sync::Arc;
use std::time::Duration;

/// Whether its words are covered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cover {
    /// As its severity asks.
    Covered,
    /// Said in full until then; `None` until the next item.
    Open(Option<Duration>),
}

/// The item in front of the moderator.
#[derive(Clone, Debug)]
pub(super) struct Front {
    pub served: Arc<Served>,
    /// In force when it came; decisions record their version.
    pub policies: Arc<Policies>,
    pub lexicon: Arc<Lexicon>,
    /// The item before was another client's: the guard is longer.
    pub new_client: bool,
    /// When all of it, or the question about it, had gone out; no command typed before is meant for it.
    pub told_at: Option<Duration>,
    pub presented_at: Timestamp,
    pub active: Active,
    pub cover: Cover,
    pub seen: Seen,
    pub opened: Opened,
    /// Words that were covered when it was said last.
    pub covered: usize,
    /// Approving it unseen was asked about already.
    pub asked_unseen: bool,
    pub draft: Draft,
}

impl Front {
    pub fn new(served: Arc<Served>, house: &mut House, new_client: bool, draft: Draft, now: Timestamp) -> Self {
        Self {
            policies: house.policies_of(&served.client),
            lexicon: house.lexicon(&served.client, served.item.lang.as_deref()),
            new_client,
            told_at: None,
            presented_at: now,
            active: Active::default(),
            cover: Cover::Covered,
            seen: Seen::Summary,
            opened: Opened::None,
            covered: 0,
            asked_unseen: false,
            draft,
            served,
        }
    }

    /// The level that counts before the decision.
    pub fn level(&self) -> Severity {
        self.served.level().max(self.draft.grade.unwrap_or_default())
    }

    /// How much of it is covered now, for somebody who wants at least so much covered.
    pub fn mask(&self, at_least: Masking) -> Masking {
        match self.cover {
            Cover::Covered => Masking::on_arrival(self.level(), at_least),
            Cover::Open(_) => Masking::Full,
        }
    }

    /// Whether something of it is covered that was never opened.
    pub fn unseen(&self, at_least: Masking) -> bool {
        self.opened == Opened::None && (self.mask(at_least) >= Masking::Summary || self.covered > 0)
    }

    fn seeing(&self, now: Duration) -> Seeing {
        let (presented_at, active) = (Some(self.presented_at), self.active.sum(now));
        Seeing { seen: self.seen, opened: self.opened, presented_at, active }
    }

    /// What was seen of it, as every way of leaving tells.
    pub fn sight(&self, now: Duration) -> Sight {
        self.seeing(now).sight(&self.served, self.draft.grade)
    }

    /// The same for the wellbeing arithmetic, at the level that counts after the decision.
    pub fn look(&self, level: Severity, now: Duration) -> Look {
        self.seeing(now).look(&self.served, level)
    }
}
