//! Shifts and breaks, as the moderator's own record has them.

use super::Keeper;
use super::booking::force;
use super::log::timestamp;
use super::shelf::Shelf;
use crate::moderation::shift::{Handover, ShiftState};
use crate::store::{Result, StoreError};
use crate::wellbeing::Record;
use crate::wellbeing::shift::Sum;
use jiff::Timestamp;
use serde_json::json;
use std::time::Duration;

/// A break beats a deadline: what is leased goes back within a second.
pub(in crate::store) const BACK_WITHIN: i64 = 1_000_000;
/// In a voluntary break the item on screen stays leased for two minutes, as under the curtain.
const VOLUNTARY: i64 = 120 * 1_000_000;
/// Notes of the last shifts that the next one sees.
const NOTES: u32 = 20;
/// No shift is longer.
const LONGEST: Duration = Duration::from_secs(24 * 3600);

impl<S: Shelf> Keeper<S> {
    pub(in crate::store) fn start_shift(&mut self, who: &str, ends_at: Option<Timestamp>) -> Result<ShiftState> {
        let (person, _) = self.person(who)?;
        let planned = match ends_at {
            None => self.options.shift,
            Some(end) => Duration::try_from(end.duration_since(self.now.wall)).unwrap_or(Duration::ZERO),
        };
        let rules = self.rules();
        let mut state = self.take_day(person)?;
        if planned.is_zero() || planned > LONGEST {
            self.hot.days.insert(person, state);
            return Err(StoreError::Invalid("a shift ends after now and within 24 hours; give another end".into()));
        }
        let force = force(&state, &rules);
        let before = state.day.shift().is_some();
        let sum = state.day.begin_shift(&force, &self.now, planned);
        if !before || sum.is_some() {
            state.decided = 0;
        }
        self.put_day(person, state);
        self.keep_sum(person, sum)?;
        self.greet(person)?;
        self.hint("shift", Some(person), "", &json!({"running": true}))?;
        self.shift_state(person)
    }

    pub(in crate::store) fn end_shift(&mut self, who: &str, notes: &[Handover]) -> Result<()> {
        let (person, person_row) = self.person(who)?;
        let name = person_row.name.clone();
        for note in notes {
            let note = Handover { by: name.clone(), at: timestamp(self.micros), ..note.clone() };
            let body = serde_json::to_string(&note).expect("a note is always JSON");
            self.shelf.put_handover(person, self.micros, &body)?;
        }
        // What is parked goes back too: nobody is here to read the answer, and its deadline runs on.
        for item in self.kept_for(person) {
            let Some(lease) = self.drop_lease(item)? else { continue };
            let row = self.by_seq(item)?;
            self.wait(&row)?;
            self.book_lapsed(&row, &lease)?;
        }
        let rules = self.rules();
        let mut state = self.take_day(person)?;
        let force = force(&state, &rules);
        let sum = state.day.end_shift(&force, &self.now);
        state.desk = None;
        self.put_day(person, state);
        self.keep_sum(person, sum)?;
        self.hint("shift", Some(person), "", &json!({"running": false}))
    }

    /// A look is no sign of life: a screen that only asks must not keep a shift going.
    pub(in crate::store) fn look_at_shift(&mut self, who: &str) -> Result<ShiftState> {
        let (person, _) = self.person(who)?;
        self.at_call(person, false)?;
        self.shift_state(person)
    }

    pub(in crate::store) fn begin_break(&mut self, who: &str, said: Option<&str>) -> Result<ShiftState> {
        let (person, _) = self.person(who)?;
        if said.is_some_and(|said| !["lunch", "meeting", "technical"].contains(&said)) {
            return Err(StoreError::Invalid("a break is lunch, meeting or technical, or nothing is said".into()));
        }
        let rules = self.rules();
        let mut state = self.take_day(person)?;
        let force = force(&state, &rules);
        let sum = state.day.alive(&force, &self.now);
        let running = state.day.begin_voluntary(&force, &self.now);
        self.put_day(person, state);
        self.keep_sum(person, sum)?;
        let own = running.rule == crate::wellbeing::Rule::Voluntary;
        self.cut_leases(person, if own { VOLUNTARY } else { BACK_WITHIN })?;
        self.shift_state(person)
    }

    pub(in crate::store) fn end_break(&mut self, who: &str) -> Result<ShiftState> {
        let (person, _) = self.person(who)?;
        let rules = self.rules();
        let mut state = self.take_day(person)?;
        let force = force(&state, &rules);
        let ended = state.day.end_break(&force, &self.now);
        let sum = state.day.alive(&force, &self.now);
        self.put_day(person, state);
        self.keep_sum(person, sum)?;
        // One that is not over stays, and the answer shows it.
        self.keep_record(person, ended.unwrap_or_default())?;
        self.shift_state(person)
    }

    pub(in crate::store) fn agree_graphic(&mut self, who: &str) -> Result<ShiftState> {
        let (person, _) = self.person(who)?;
        let rules = self.rules();
        let mut state = self.take_day(person)?;
        let force = force(&state, &rules);
        state.day.agree(&force);
        self.put_day(person, state);
        self.shift_state(person)
    }

    pub(in crate::store) fn shift_state(&mut self, person: i64) -> Result<ShiftState> {
        let rules = self.rules();
        let state = self.take_day(person)?;
        let force = force(&state, &rules);
        let shift = state.day.shift();
        let shown = ShiftState {
            running: shift.is_some(),
            started_at: shift.map(|shift| shift.begun.wall),
            ends_at: shift.map(|shift| shift.ends()),
            desk: state.desk.clone(),
            on_break: state.day.running().map(|running| super::claim::break_due(running, &self.now)),
            next_break_at: state.day.next_break(&force, &self.now).map(|next| next.at),
            load: serde_json::to_value(&state.day).ok(),
            handover: self.handover()?,
            weakened_because: rules.weakened_because.clone(),
            decided: state.decided,
        };
        self.hot.days.insert(person, state);
        Ok(shown)
    }

    fn handover(&self) -> Result<Vec<Handover>> {
        let bodies = self.shelf.handover(NOTES)?;
        let mut notes: Vec<Handover> = bodies.iter().filter_map(|body| serde_json::from_str(body).ok()).collect();
        notes.reverse();
        Ok(notes)
    }

    /// What is kept of a break.
    pub(in crate::store) fn keep_record(&mut self, person: i64, record: Option<Record>) -> Result<()> {
        match record {
            Some(record) => self.keep(person, "break", &serde_json::to_string(&record).expect("a record is JSON")),
            None => Ok(()),
        }
    }

    /// What is kept of a finished shift.
    pub(in crate::store) fn keep_sum(&mut self, person: i64, sum: Option<Sum>) -> Result<()> {
        match sum {
            Some(sum) => self.keep(person, "shift", &serde_json::to_string(&sum).expect("a sum is JSON")),
            None => Ok(()),
        }
    }

    fn keep(&mut self, person: i64, kind: &str, body: &str) -> Result<()> {
        self.shelf.keep_rest(person, self.micros, kind, body)
    }
}
