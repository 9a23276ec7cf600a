//! What became of a turn: the place moves on, and what has not arrived gets a row.

use super::{DeliveryRow, Standing, TURN, Tried};
use crate::moderation::webhook::{Came, DOWN_AFTER, GIVEN_UP_AFTER, Holder, LONGEST_ASKED, wait, wait_down};
use crate::store::Result;
use crate::store::keeper::Keeper;
use crate::store::keeper::shelf::Shelf;
use crate::store::outgoing::Settled;
use serde_json::json;
use std::time::Duration;

fn micros(time: Duration) -> i64 {
    i64::try_from(time.as_micros()).unwrap_or(i64::MAX)
}

/// A failure that does not come with others of the same moment: any number that differs from message to message.
fn spread(seq: i64, tries: u32) -> u64 {
    let mixed = (seq.unsigned_abs() ^ (u64::from(tries) << 40)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed >> 33
}

impl<S: Shelf> Keeper<S> {
    /// Books a turn; `false` where it was not the teller's any more, and then nothing of it counts: whoever has the
    /// turn now sends it again, under the same ids.
    pub(in crate::store) fn settle_turn(&mut self, name: &str, holder: Holder, settled: &Settled) -> Result<bool> {
        let Some(row) = self.shelf.webhook(name)? else { return Ok(false) };
        let (kept, mut standing) = row.read()?;
        if standing.holder != Some(holder) {
            return Ok(false);
        }
        let was_down = standing.failures >= DOWN_AFTER;
        for (seq, lane, came) in &settled.came {
            self.settle_one(name, &mut standing, (*seq, *lane), came)?;
        }
        if !was_down {
            // What was on its way when it went down says no more than the first of it.
            standing.failures = standing.failures.min(DOWN_AFTER);
        }
        for (seq, lane) in &settled.held {
            self.put_tried(name, (*seq, *lane), false, &Tried::default())?;
        }
        for seq in &settled.vanished {
            self.shelf.drop_delivery(name, *seq)?;
        }
        standing.place = standing.place.max(settled.upto);
        if was_down && standing.failures == 0 {
            // It is back: nobody waits for hours for what failed with the rest.
            (standing.woken, standing.wakes) = (self.micros, standing.wakes + 1);
        }
        if standing.failures >= DOWN_AFTER {
            let pause = wait_down(standing.failures, spread(standing.place, standing.failures));
            standing.next = standing.next.max(self.micros + micros(pause));
            let silent = standing.failing_since.is_some_and(|since| self.micros - since >= micros(GIVEN_UP_AFTER));
            standing.off |= silent;
        }
        standing.until = self.micros + TURN;
        if settled.last || standing.off {
            (standing.holder, standing.until) = (None, 0);
        }
        if standing.off {
            let detail = json!({"since": standing.failing_since.map(crate::store::keeper::log::timestamp)});
            self.note_webhook("system", "webhook.turned_off", name, detail)?;
        }
        self.keep_webhook(&kept, &standing)?;
        Ok(true)
    }

    fn settle_one(&mut self, name: &str, standing: &mut Standing, (seq, lane): (i64, i64), came: &Came) -> Result<()> {
        let row = self.shelf.delivery(name, seq)?;
        match came {
            Came::Arrived => {
                standing.delivered += 1;
                standing.delivered_at = Some(self.micros);
                if standing.failures >= DOWN_AFTER {
                    standing.next = 0;
                }
                (standing.failures, standing.failing_since, standing.error) = (0, None, None);
                if row.is_some() {
                    self.shelf.drop_delivery(name, seq)?;
                }
            }
            Came::Untried => {
                if row.is_none() {
                    self.put_tried(name, (seq, lane), false, &Tried::default())?;
                }
            }
            Came::Failed { error, after, gone } => {
                let mut tried = row.map(|row| row.tried()).unwrap_or_default();
                let asked = micros(after.unwrap_or_default().min(LONGEST_ASKED));
                tried.tries += 1;
                if tried.first == 0 {
                    tried.first = self.micros;
                }
                (tried.last, tried.wakes) = (self.micros, standing.wakes);
                tried.next = self.micros + micros(wait(tried.tries, spread(seq, tried.tries))).max(asked);
                tried.error = Some(error.clone());
                standing.failures = standing.failures.saturating_add(1);
                standing.failing_since.get_or_insert(self.micros);
                standing.error = Some(error.clone());
                standing.off |= gone;
                if asked > 0 {
                    standing.next = standing.next.max(self.micros + asked);
                }
                // While nothing arrives at all it is the receiver's fault, not the message's.
                let old = self.micros - tried.first.max(standing.woken) >= micros(GIVEN_UP_AFTER);
                let given_up = old && standing.failures < DOWN_AFTER;
                self.put_tried(name, (seq, lane), given_up, &tried)?;
            }
        }
        Ok(())
    }

    fn put_tried(&self, name: &str, (seq, lane): (i64, i64), given_up: bool, tried: &Tried) -> Result<()> {
        let body = serde_json::to_string(tried).expect("tries are always JSON");
        self.shelf.put_delivery(name, &DeliveryRow { seq, lane, given_up, body })
    }
}
