//! Items that belong together, line by line: told ten at a time, marked by number, decided in one go.

mod decide;
mod look;

use crate::desk::batch::AskedRow;
use crate::desk::letters::together;
use crate::desk::{Active, Ask, Seeing};
use crate::moderation::pass::{Opened, Seen};
use crate::moderation::{By, Decision, Group, Served, Sight};
use crate::plain::choice::{Choice, pick};
use crate::plain::sitting::{Asked, Sitting, Stand};
use crate::wellbeing::Look;
use jiff::Timestamp;
use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

/// So many rows are told at a time.
const PAGE: usize = 10;

/// One item of a batch.
#[derive(Clone)]
struct Row {
    served: Arc<Served>,
    marked: bool,
    /// When it was told; one that never was counts nothing.
    told_at: Option<Timestamp>,
}

/// An open batch. The item it was opened for stays in front.
#[derive(Clone)]
pub(in crate::plain) struct Batch {
    item: String,
    group: Group,
    rows: Vec<Row>,
    /// How many were said, from the first on.
    said: usize,
    /// When the last page had gone out; no verdict typed before is meant for it.
    told_at: Option<Duration>,
    active: Active,
}

/// What a held batch keeps.
pub(in crate::plain) struct HeldBatch {
    pub decisions: Vec<Decision>,
    open: usize,
    recorded: Vec<Uuid>,
    batch: Batch,
}

impl Row {
    fn seeing(&self, active: Duration) -> Seeing {
        let (seen, active) = match self.told_at {
            Some(_) => (Seen::Full, active),
            None => (Seen::Summary, Duration::ZERO),
        };
        Seeing { seen, opened: Opened::None, presented_at: self.told_at, active }
    }

    fn sight(&self, active: Duration) -> Sight {
        self.seeing(active).sight(&self.served, None)
    }

    fn look(&self, active: Duration) -> Look {
        self.seeing(active).look(&self.served, self.served.level())
    }

    fn asked(&self) -> AskedRow<'_> {
        AskedRow { served: &self.served, marked: self.marked, shown: self.told_at.is_some() }
    }

    fn reported(&self) -> bool {
        !self.served.item.reports.is_empty()
    }
}

impl Batch {
    fn marked(&self) -> usize {
        self.rows.iter().filter(|row| row.marked).count()
    }

    fn share(&self, now: Duration) -> Duration {
        let told = self.rows.iter().filter(|row| row.told_at.is_some()).count();
        self.active.sum(now) / u32::try_from(told.max(1)).unwrap_or(u32::MAX)
    }

    /// What was said has gone out.
    pub(in crate::plain) fn told(&mut self, now: Duration, wall: Timestamp) {
        self.told_at.get_or_insert(now);
        self.active.start(now);
        for row in self.rows.iter_mut().take(self.said) {
            row.told_at.get_or_insert(wall);
        }
    }
}

impl Sitting {
    /// `b`: what belongs together; with a letter, opens it.
    pub(in crate::plain) fn batch(&mut self, rest: &str) {
        let Some(front) = &self.front else { return self.tell("guard-no-item") };
        let id = front.served.item.id.clone();
        if self.batch.is_some() {
            return self.more_rows();
        }
        let choices: Vec<Choice<By>> =
            By::ALL.into_iter().map(|by| self.coded("batch", by.code(), together(by), by)).collect();
        if rest.is_empty() {
            self.says_groups = true;
            self.desk.ask(Ask::Groups(id));
            return;
        }
        match pick(&choices, rest) {
            Some(choice) => self.desk.ask(Ask::OpenBatch(id, choice.picked)),
            None => self.which("plain-say-batch", &choices, rest),
        }
    }

    /// How many belong with the item in front.
    pub(in crate::plain) fn groups_told(&mut self, item: &str, groups: &[Group]) {
        let asked = std::mem::take(&mut self.says_groups);
        if self.front.as_ref().is_none_or(|front| front.served.item.id != item) || !asked {
            return;
        }
        let several: Vec<&Group> = groups.iter().filter(|group| group.waiting > 1).collect();
        if several.is_empty() {
            return self.tell("batch-alone");
        }
        let told: Vec<String> = several
            .iter()
            .map(|group| {
                let by = self.words.coded("batch", group.by.code()).into_owned();
                let n = self.words.say_with("batch-items", &[("n", group.waiting.into())]);
                format!("b {}: {by}, {n}", together(group.by))
            })
            .collect();
        self.out.extend(told);
    }

    /// A batch is open, or nothing of it is left.
    pub(in crate::plain) fn batch_told(&mut self, item: &str, group: Group, items: Vec<Arc<Served>>) {
        let ids: HashSet<&str> = items.iter().map(|served| served.item.id.as_str()).collect();
        self.ahead.retain(|served| !ids.contains(served.item.id.as_str()));
        let waits = self.stand == Stand::Item
            && self.curtain.is_none()
            && self.batch.is_none()
            && self.front.as_ref().is_some_and(|front| front.served.item.id == item);
        let rows = items.into_iter().map(|served| Row { served, marked: false, told_at: None }).collect();
        let now = self.now();
        let batch = Batch { item: item.to_owned(), group, rows, said: 0, told_at: None, active: Active::default() };
        if !waits || batch.rows.len() < 2 {
            self.hand_back_rows(&batch, &[]);
            return if waits {
                self.tell("batch-alone")
            };
        }
        if let Some(front) = &mut self.front {
            front.active.stop(now);
        }
        let by = self.words.coded("batch", batch.group.by.code()).into_owned();
        let title = self.words.say_with("batch-title", &[("n", batch.rows.len().into()), ("by", by.into())]);
        let mut parts = vec![title];
        let beyond = batch.group.waiting.saturating_sub(batch.rows.len() as u64);
        for (id, n) in [
            ("batch-beyond", beyond),
            ("batch-elsewhere", batch.group.elsewhere),
            ("batch-left-out", batch.group.left_out),
        ] {
            if n > 0 {
                parts.push(self.words.say_with(id, &[("n", n.into())]));
            }
        }
        self.say(parts.join(". "));
        self.batch = Some(Box::new(batch));
        self.more_rows();
        self.tell("plain-batch-keys");
    }

    /// Closes it: what was not decided goes back, and the item it was opened for is in front again.
    pub(in crate::plain) fn close_batch(&mut self, said: bool) {
        let Some(batch) = self.batch.take() else { return };
        self.hand_back_rows(&batch, &[]);
        if matches!(self.asked, Some((Asked::Batch(_), _))) {
            self.asked = None;
        }
        if said {
            self.tell("plain-batch-closed");
            self.repeat();
        }
    }

    fn hand_back_rows(&mut self, batch: &Batch, decided: &[Decision]) {
        let now = self.now();
        let share = batch.share(now);
        let decided: HashSet<&str> = decided.iter().map(|one| one.item.as_str()).collect();
        let mut back = Vec::new();
        for row in &batch.rows {
            let id = row.served.item.id.as_str();
            if decided.contains(id) || self.front.as_ref().is_some_and(|front| front.served.item.id == id) {
                continue;
            }
            if row.told_at.is_some() {
                self.care.book(&row.served, &row.look(share), &self.at);
            }
            back.push(row.sight(share));
        }
        if !back.is_empty() {
            self.desk.ask(Ask::Release(back));
        }
    }
}
