//! Stopping the clock of one item's deadline, and letting it go on with what was left.

use super::Keeper;
use super::lease::{DECIDED, LIVE};
use super::log::{Entry, timestamp};
use super::shelf::Shelf;
use crate::moderation::Deadline;
use crate::moderation::deadline::PauseReason;
use crate::store::serving::NO_DUE;
use crate::store::{Result, StoreError};
use jiff::Timestamp;
use serde_json::json;

impl<S: Shelf> Keeper<S> {
    /// With a reason the deadline stands still, without one it goes on. Answers by when the item is due now.
    pub(in crate::store) fn pause_deadline(
        &mut self,
        item: &str,
        reason: Option<PauseReason>,
        by: &str,
    ) -> Result<Option<Timestamp>> {
        let unknown =
            || StoreError::Unknown { what: "item", name: item.to_owned(), hint: "`moddesk queue show` lists them" };
        let mut row = self.by_id(item)?.ok_or_else(unknown)?;
        let known = self.shelf.paused(row.seq)?;
        let (due, detail) = match (reason, known) {
            // Asked again after a lost answer.
            (Some(_), Some(_)) | (None, None) => return Ok(super::lease::due_at(row.due)),
            (Some(_), None) if row.state != LIVE => {
                let why = if row.state == DECIDED { "is decided" } else { "is not here any more" };
                return Err(StoreError::Invalid(format!("the item {why}; its deadline needs no pause")));
            }
            (Some(_), None) if row.due == NO_DUE => {
                return Err(StoreError::Invalid("the item has no deadline that could be paused".into()));
            }
            (Some(reason), None) => {
                self.shelf.put_paused(row.seq, Some((self.micros, row.due, reason.code())))?;
                (NO_DUE, json!({"reason": reason.code(), "due_at": timestamp(row.due)}))
            }
            (None, Some((at, due))) => {
                self.shelf.put_paused(row.seq, None)?;
                let due = match row.due {
                    NO_DUE => self.goes_on(&row, due, at)?,
                    // Somebody has set another one meanwhile.
                    other => other,
                };
                (due, json!({"due_at": timestamp(due), "paused_at": timestamp(at)}))
            }
        };
        let waits = row.state == LIVE && !self.hot.leases.contains_key(&row.seq);
        if waits {
            let at = self.at(&row)?;
            self.unwait(at, row.place())?;
        }
        row.due = due;
        let (actor, subject, mark) = (self.actor(by), row.id.clone(), Some(row.mark()));
        let action = if reason.is_some() { "item.paused" } else { "item.resumed" };
        row.last =
            self.audit(&Entry { actor: &actor, action, subject: &subject, detail, item: mark, ..Entry::default() })?;
        self.put_item(&row)?;
        if waits {
            self.wait(&row)?;
        }
        Ok(super::lease::due_at(due))
    }

    fn goes_on(&self, row: &super::lease::ItemRow, due: i64, at: i64) -> Result<i64> {
        let origin = self.hot.buckets[self.at(row)?].origin;
        let elapsed = Deadline::after(std::time::Duration::from_secs(1));
        // What the item itself or nobody says counts all hours.
        let rule = self.hot.queues.get(&origin).and_then(|queue| queue.deadline.as_ref()).unwrap_or(&elapsed);
        let again = rule.resumed(timestamp(due), timestamp(at), timestamp(self.micros));
        Ok(again.as_microsecond().min(NO_DUE - 1))
    }
}
