//! What one may have forgotten of oneself, and the trace that names leave behind in an export.

use super::Keeper;
use super::booking::force;
use super::log::Entry;
use super::shelf::Shelf;
use crate::store::Result;

impl<S: Shelf> Keeper<S> {
    /// Forgets finished shifts, the record of breaks, and what was looked at; what still binds stays. Answers how many
    /// finished shifts went.
    pub(in crate::store) fn erase_about(&mut self, who: &str) -> Result<u64> {
        let (person, _) = self.person(who)?;
        let rules = self.rules();
        let mut state = self.take_day(person)?;
        let force = force(&state, &rules);
        state.day.erase(&force, &self.now);
        let begun = state.day.shift().map_or(i64::MAX, |shift| shift.begun.wall.as_microsecond());
        self.put_day(person, state);
        let shifts = self.shelf.erase_about(person, begun)?;
        self.erased = true;
        Ok(shifts)
    }

    /// Names left the house in an export: that leaves a trace.
    pub(in crate::store) fn note_names_export(&mut self, by: &str) -> Result<()> {
        let actor = self.actor(by);
        let entry = Entry { actor: &actor, action: "export.names", subject: "decisions", ..Entry::default() };
        self.audit(&entry).map(|_| ())
    }
}
