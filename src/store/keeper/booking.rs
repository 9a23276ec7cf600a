//! What was seen is booked inside the transaction that it rides on: once per moderator, item and revision, at the
//! highest level and the fullest view.

use super::Keeper;
use super::day::DayState;
use super::hot::Lease;
use super::lease::ItemRow;
use super::shelf::Shelf;
use crate::moderation::{Decision, Sight};
use crate::store::Result;
use crate::wellbeing::{Booked, Gate, Look, Opened, Rules, Seen, Severity};
use jiff::Timestamp;
use serde::Serialize;
use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

/// What a desk says of a look, in the words that only the moderator's own export has.
#[derive(Clone, Debug, Serialize)]
pub(in crate::store) struct Told {
    pub seen: Option<Seen>,
    pub opened: Option<Opened>,
    #[serde(skip)]
    pub level: Option<Severity>,
    pub presented_at: Option<Timestamp>,
    pub active_ms: Option<u64>,
    #[serde(skip)]
    pub left_at: Option<Timestamp>,
}

impl From<&Decision> for Told {
    fn from(decision: &Decision) -> Self {
        Self {
            seen: decision.seen,
            opened: decision.opened,
            level: decision.severity,
            presented_at: decision.presented_at,
            active_ms: decision.active_ms,
            left_at: decision.decided_at,
        }
    }
}

impl From<&Sight> for Told {
    fn from(sight: &Sight) -> Self {
        Self {
            seen: Some(sight.seen),
            opened: sight.opened,
            level: sight.severity,
            presented_at: sight.presented_at,
            active_ms: sight.active_ms,
            left_at: None,
        }
    }
}

impl Told {
    /// Handed back without ever having been on screen, in so many words: nothing to book.
    pub(in crate::store) fn never_shown(&self) -> bool {
        self.seen == Some(Seen::Summary)
            && self.opened.is_none_or(|opened| opened == Opened::None)
            && self.presented_at.is_none()
            && self.active_ms.unwrap_or(0) == 0
    }
}

/// The rules that hold for this person now, free of the day that they are about to change.
pub(in crate::store) fn force<'a>(state: &DayState, rules: &'a Rules) -> Cow<'a, Rules> {
    match state.day.in_force(rules) {
        Cow::Borrowed(_) => Cow::Borrowed(rules),
        Cow::Owned(ramped) => Cow::Owned(ramped),
    }
}

impl<S: Shelf> Keeper<S> {
    /// A person's day, to be changed and handed back with [`Keeper::put_day`].
    pub(in crate::store) fn take_day(&mut self, person: i64) -> Result<DayState> {
        if let Some(day) = self.hot.days.remove(&person) {
            return Ok(day);
        }
        Ok(self.shelf.day(person)?.unwrap_or_default())
    }

    pub(in crate::store) fn put_day(&mut self, person: i64, day: DayState) {
        self.hot.days.insert(person, day);
        self.hot.dirty_days.insert(person);
    }

    pub(in crate::store) fn rules(&self) -> Arc<Rules> {
        Arc::clone(&self.options.rules)
    }

    /// Books one look. `level` is the one that counts by now, the decision's included.
    pub(in crate::store) fn book(
        &mut self,
        person: i64,
        row: &ItemRow,
        level: Severity,
        told: &Told,
        lease: Option<&Lease>,
    ) -> Result<()> {
        let heaviest = match lease {
            Some(lease) => lease.heaviest,
            None => self.content(row.seq)?.heaviest(),
        };
        let at =
            told.left_at.map_or_else(|| self.now.clone(), |left| self.now.clamped(left, lease.map(|lease| &lease.at)));
        let look = Look {
            level: told.level.map_or(level, |graded| graded.max(level)),
            seen: told.seen,
            opened: told.opened,
            heaviest,
            active: told.active_ms.map(Duration::from_millis),
            held: lease.map(|lease| at.elapsed_since(&lease.at)),
            presented: told.presented_at,
        };
        let sight = serde_json::to_string(told).expect("a sight is always JSON");
        self.book_look(person, row, &at, &look, Some(&sight))
    }

    /// A lapsed lease counts as a summary, for as long as it was held.
    pub(in crate::store) fn book_lapsed(&mut self, row: &ItemRow, lease: &Lease) -> Result<()> {
        if lease.parked {
            // Booked when it left the screen.
            return Ok(());
        }
        let level = self.hot.buckets[self.at(row)?].level;
        let until = super::log::timestamp(lease.until.min(self.micros));
        let at = self.now.clamped(until, Some(&lease.at));
        let look = Look::lapsed(level, lease.heaviest, at.elapsed_since(&lease.at));
        self.book_look(lease.person, row, &at, &look, None)
    }

    fn book_look(
        &mut self,
        person: i64,
        row: &ItemRow,
        at: &crate::wellbeing::Moment,
        look: &Look,
        sight: Option<&str>,
    ) -> Result<()> {
        let hand = self.shelf.hand(person, row.seq)?.filter(|hand| hand.revision == row.revision);
        let before: Option<Booked> = hand.and_then(|hand| serde_json::from_str(&hand.booked?).ok());
        let rules = self.rules();
        let mut state = self.take_day(person)?;
        let force = force(&state, &rules);
        let booked = state.day.book(&force, at, before.as_ref(), look);
        let booked = serde_json::to_string(&booked).expect("a booking is always JSON");
        self.put_day(person, state);
        self.shelf.book(person, row, at.wall.as_microsecond(), &booked, sight)
    }

    /// After the bookings of a call: a break that has come due begins, and what is leased goes back in its time.
    pub(in crate::store) fn at_call(&mut self, person: i64, alive: bool) -> Result<Gate> {
        let rules = self.rules();
        let mut state = self.take_day(person)?;
        let force = force(&state, &rules);
        let sum = if alive { state.day.alive(&force, &self.now) } else { None };
        let was = state.day.running().is_some();
        // A desk that only looks leaves no trace: a commit would ring, and a ring makes desks look.
        let before = (!alive).then(|| state.clone());
        let on_screen = self.hot.leases_of(person).any(|lease| !lease.parked);
        let gate = state.day.at_call(&force, &self.now, on_screen);
        if before.as_ref() == Some(&state) {
            self.hot.days.insert(person, state);
        } else {
            self.put_day(person, state);
        }
        self.keep_sum(person, sum)?;
        if !was && matches!(gate, Gate::Break(_)) {
            self.cut_leases(person, super::shift::BACK_WITHIN)?;
        }
        Ok(gate)
    }
}
