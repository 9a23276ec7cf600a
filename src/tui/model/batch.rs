//! Items that belong together, a line each.

use super::body::{Body, Maker};
use super::{House, said_of};
use crate::desk::batch::AskedRow;
use crate::desk::{Active, Lexicon, Seeing};
use crate::moderation::pass::{Opened, Seen};
use crate::moderation::{Decision, Group, Served, Sight};
use crate::text::scrub;
use crate::wellbeing::{Look, Masking};
use jiff::Timestamp;
use std::sync::Arc;
use std::time::Duration;

/// One item of a batch.
#[derive(Clone, Debug)]
pub struct Row {
    /// As it was served.
    pub served: Arc<Served>,
    /// The terms of its policies, for its language.
    pub lexicon: Arc<Lexicon>,
    /// Whether a verdict will be about it.
    pub marked: bool,
    /// What was on screen at most.
    pub seen: Seen,
    /// The heaviest opened.
    pub opened: Opened,
    /// When it first came on screen; a row that never did counts nothing.
    pub shown_at: Option<Timestamp>,
    /// Its words on one line, masked.
    pub line: Body,
    /// Which masking level stands on its line.
    pub mask: Masking,
}

impl Row {
    fn new(served: Arc<Served>, house: &mut House) -> Self {
        let lexicon = house.lexicon(&served.client, served.item.lang.as_deref());
        Self {
            served,
            lexicon,
            marked: false,
            seen: Seen::Summary,
            opened: Opened::None,
            shown_at: None,
            line: Body::default(),
            mask: Masking::Full,
        }
    }

    /// Whether somebody reported it.
    pub fn reported(&self) -> bool {
        !self.served.item.reports.is_empty()
    }

    fn seeing(&self, active: Duration) -> Seeing {
        let active = if self.shown_at.is_some() { active } else { Duration::ZERO };
        Seeing { seen: self.seen, opened: self.opened, presented_at: self.shown_at, active }
    }

    /// What was seen of it; `active` is its part of the time in front of the batch.
    pub fn sight(&self, active: Duration) -> Sight {
        self.seeing(active).sight(&self.served, None)
    }

    /// The same for the wellbeing arithmetic.
    pub fn look(&self, active: Duration) -> Look {
        self.seeing(active).look(&self.served, self.served.level())
    }

    /// As the question before a verdict needs it.
    pub fn asked(&self) -> AskedRow<'_> {
        AskedRow { served: &self.served, marked: self.marked, shown: self.shown_at.is_some() }
    }
}

/// An open batch. The item it was opened for stays behind it, on its own screen.
#[derive(Clone, Debug)]
pub struct Batch {
    /// The item it was opened for.
    pub item: String,
    /// By what they belong together, and what is not here.
    pub group: Group,
    /// In order.
    pub rows: Vec<Row>,
    /// The row with the cursor.
    pub at: usize,
    /// The first row in sight.
    pub top: usize,
    /// Whether the row with the cursor is open.
    pub open: bool,
    /// Its words, whole.
    pub detail: Body,
    /// When its first frame was on the line; nothing decides it before.
    pub on_line_at: Option<Duration>,
    /// When the question stood there that the verdict waits for.
    pub asked_at: Option<Duration>,
    /// In front of it.
    pub active: Active,
}

impl Batch {
    /// These rows.
    pub fn new(item: String, group: Group, items: Vec<Arc<Served>>, house: &mut House) -> Self {
        Self {
            item,
            group,
            rows: items.into_iter().map(|served| Row::new(served, house)).collect(),
            at: 0,
            top: 0,
            open: false,
            detail: Body::default(),
            on_line_at: None,
            asked_at: None,
            active: Active::default(),
        }
    }

    /// How many are marked.
    pub fn marked(&self) -> usize {
        self.rows.iter().filter(|row| row.marked).count()
    }

    /// Each seen row's part of the time in front of the batch.
    pub fn share(&self, now: Duration) -> Duration {
        let seen = self.rows.iter().filter(|row| row.shown_at.is_some()).count();
        self.active.sum(now) / u32::try_from(seen.max(1)).unwrap_or(u32::MAX)
    }

    /// The rows in sight were on screen.
    pub fn seen(&mut self, rows: usize, at: Timestamp) {
        let (top, cursor, open) = (self.top, self.at, self.open);
        for (place, row) in self.rows.iter_mut().enumerate().skip(top).take(rows) {
            row.shown_at.get_or_insert(at);
            row.seen = row.seen.max(row.mask.seen());
            if open && place == cursor {
                (row.seen, row.opened) = (Seen::Full, row.opened.max(Opened::Text));
            }
        }
    }

    /// Lays out the lines in sight and the words of the row with the cursor, after a move, an opening, a resize.
    pub fn lay_out(&mut self, rows: usize, columns: usize, at_least: Masking) {
        self.at = self.at.min(self.rows.len().saturating_sub(1));
        let last = self.rows.len().saturating_sub(rows);
        self.top = self.top.clamp((self.at + 1).saturating_sub(rows), self.at.min(last).max(self.top.min(self.at)));
        for row in self.rows.iter_mut().skip(self.top).take(rows) {
            row.mask = Masking::on_arrival(row.served.level(), at_least);
            let mut line = Maker::new(row.mask, &row.lexicon, usize::from(u16::MAX), None);
            if row.mask < Masking::Summary {
                for text in [&row.served.item.title, &row.served.item.text].into_iter().flatten() {
                    line.said("", scrub::line(text), false);
                }
            }
            row.line = line.done();
        }
        let Some(row) = self.rows.get(self.at) else { return };
        let mask = if self.open { Masking::Full } else { row.mask };
        let mut detail = Maker::new(mask, &row.lexicon, columns, None);
        if mask < Masking::Summary {
            said_of(&mut detail, &row.served);
        }
        self.detail = detail.done();
    }
}

/// What a held batch keeps, so that undo brings it back as it was.
pub struct HeldBatch {
    /// All of its decisions, the first one's id standing for all.
    pub decisions: Vec<Decision>,
    /// Those that have no answer yet.
    pub open: usize,
    /// Items whose decisions are recorded.
    pub recorded: Vec<(uuid::Uuid, String)>,
    /// As it stood.
    pub batch: Batch,
}
