//! What came in and went out of a queue by the minute, and how much was removed by the day.
//!
//! Counted inside the transaction that it is about, in memory, and written once a command beside the other counters:
//! each queue has a ring of minutes and one of days among them. A slot says itself which minute or day it is of, so
//! that nothing has to be cleared, and after a restart or another process's commit the counting goes on where it was.

use super::Keeper;
use super::shelf::Shelf;
use crate::moderation::floor::flow::MINUTES;
use crate::moderation::floor::{Flow, Share};
use crate::store::Result;
use std::collections::HashMap;

/// Above every other counter: the rings.
pub(in crate::store) const FLOW: i64 = 1 << 33;
/// Counters that a queue has here.
const EACH: i64 = 128;
/// Behind the minutes: the days.
const DAYS: i64 = 64;
/// Days that are remembered, today among them.
const MONTH: i64 = 29;
const MINUTE: i64 = 60_000_000;
const DAY: i64 = 86_400_000_000;
/// Two counts share a row.
const HALF: i64 = 1 << 31;

/// The slots of now of one queue.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::store) struct Counted {
    minute: (i64, i64, i64),
    day: (i64, i64, i64),
    dirty: bool,
}

/// What has happened in a queue, to be counted.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::store) struct Happened {
    pub came: i64,
    pub left: i64,
    pub decided: i64,
    pub removed: i64,
}

fn minute_key(queue: i64, minute: i64) -> i64 {
    FLOW + queue * EACH + minute.rem_euclid(MINUTES as i64)
}

fn day_key(queue: i64, day: i64) -> i64 {
    FLOW + queue * EACH + DAYS + day.rem_euclid(MONTH)
}

fn pack(first: i64, second: i64) -> i64 {
    first.clamp(0, HALF - 1) * HALF + second.clamp(0, HALF - 1)
}

fn unpack(n: i64) -> (i64, i64) {
    (n.div_euclid(HALF), n.rem_euclid(HALF))
}

impl<S: Shelf> Keeper<S> {
    /// Counts what has happened in a queue.
    pub(in crate::store) fn happened(&mut self, queue: i64, what: Happened) -> Result<()> {
        let (minute, day) = (self.micros.div_euclid(MINUTE), self.micros.div_euclid(DAY));
        let mut counted = match self.hot.flow.get(&queue) {
            Some(counted) => *counted,
            None => Counted {
                minute: self.slot(minute_key(queue, minute), minute)?,
                day: self.slot(day_key(queue, day), day)?,
                dirty: false,
            },
        };
        if counted.minute.0 != minute {
            counted.minute = (minute, 0, 0);
        }
        if counted.day.0 != day {
            counted.day = (day, 0, 0);
        }
        counted.minute.1 += what.came;
        counted.minute.2 += what.left;
        counted.day.1 = (counted.day.1 + what.decided).max(0);
        counted.day.2 = (counted.day.2 + what.removed).max(0);
        if !counted.dirty {
            counted.dirty = true;
            self.hot.flowed.push(queue);
        }
        self.hot.flow.insert(queue, counted);
        Ok(())
    }

    fn slot(&self, key: i64, stamp: i64) -> Result<(i64, i64, i64)> {
        let found = self.shelf.tally(key)?.filter(|(_, of)| *of == stamp).map(|(n, _)| unpack(n));
        let (first, second) = found.unwrap_or_default();
        Ok((stamp, first, second))
    }

    /// Writes the slots that this command has changed.
    pub(in crate::store) fn flush_flow(&mut self) -> Result<()> {
        for queue in std::mem::take(&mut self.hot.flowed) {
            let Some(counted) = self.hot.flow.get_mut(&queue) else { continue };
            counted.dirty = false;
            let ((minute, came, left), (day, decided, removed)) = (counted.minute, counted.day);
            self.shelf.put_tally(minute_key(queue, minute), pack(came, left), minute)?;
            self.shelf.put_tally(day_key(queue, day), pack(decided, removed), day)?;
        }
        Ok(())
    }
}

/// What the rings of one queue come to.
#[derive(Clone, Debug, Default)]
pub(in crate::store) struct Streams {
    pub flow: Flow,
    pub today: Share,
    pub usual: Share,
}

/// Reads all rings at a moment: key, count, stamp.
pub(in crate::store) fn streams(rows: impl IntoIterator<Item = (i64, i64, i64)>, now: i64) -> HashMap<i64, Streams> {
    let (minute, day) = (now.div_euclid(MINUTE), now.div_euclid(DAY));
    let mut minutes: HashMap<i64, Vec<(i64, i64, i64)>> = HashMap::new();
    let mut streams: HashMap<i64, Streams> = HashMap::new();
    for (key, n, stamp) in rows {
        let (queue, slot) = ((key - FLOW).div_euclid(EACH), (key - FLOW).rem_euclid(EACH));
        let (first, second) = unpack(n);
        let kept = streams.entry(queue).or_default();
        if slot < DAYS {
            if stamp > minute - MINUTES as i64 && stamp <= minute {
                minutes.entry(queue).or_default().push((stamp, first, second));
            }
        } else {
            let share = if stamp == day { &mut kept.today } else { &mut kept.usual };
            if stamp > day - MONTH && stamp <= day {
                share.decided += first.unsigned_abs();
                share.removed += second.unsigned_abs();
            }
        }
    }
    for (queue, mut known) in minutes {
        known.sort_unstable();
        let first = known.first().map_or(minute, |(stamp, ..)| *stamp);
        let length = usize::try_from(minute - first + 1).unwrap_or(1).min(MINUTES);
        let mut flow = Flow { came: vec![0; length], left: vec![0; length] };
        for (stamp, came, left) in known {
            let Some(at) = usize::try_from(stamp - first).ok().filter(|at| *at < length) else { continue };
            flow.came[at] = u32::try_from(came).unwrap_or(u32::MAX);
            flow.left[at] = u32::try_from(left).unwrap_or(u32::MAX);
        }
        streams.entry(queue).or_default().flow = flow;
    }
    streams
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn two_counts_in_a_row_come_out_as_they_went_in(first in 0i64..HALF, second in 0i64..HALF) {
            prop_assert_eq!(unpack(pack(first, second)), (first, second));
        }

        #[test]
        fn what_is_older_than_the_ring_is_not_taken_for_now(ago in 0i64..200) {
            let now = 1_000_000 * MINUTE;
            let stamp = 1_000_000 - ago;
            let read = streams([(minute_key(3, stamp), pack(5, 7), stamp)], now);
            let flow = &read[&3].flow;
            if ago < MINUTES as i64 {
                prop_assert_eq!(flow.came.len() as i64, ago + 1);
                prop_assert_eq!((flow.came[0], flow.left[0]), (5, 7));
            } else {
                prop_assert!(flow.came.is_empty());
            }
        }
    }

    #[test]
    fn today_stands_apart_from_the_days_before() {
        let day = 20_000;
        let rows = (0..40).map(|ago| (day_key(1, day - ago), pack(100, 10), day - ago));
        let read = streams(rows, day * DAY + 5);
        // Later rows lie over earlier ones in the ring; here all are read, and only a month of them counts.
        assert_eq!(read[&1].today, Share { decided: 100, removed: 10 });
        assert_eq!(read[&1].usual, Share { decided: 2_800, removed: 280 });
    }
}
