//! The queue's clock, as a desk far away can know it.
//!
//! Breaks, holds and due times stand on the queue's wall clock. Every answer says what it was when the answer left;
//! between answers this machine's boot clock carries it on, which nobody can turn. So a turned or wrong clock at home
//! moves nothing, and the break goes on while the line is dead.

use crate::desk::SystemClock;
use crate::wellbeing::{Clock, Moment};
use jiff::{SignedDuration, Timestamp};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// A close measurement is believed for so long; two crystals drift apart by some milliseconds in that time.
const BELIEVED: Duration = Duration::from_secs(600);

/// What the queue's wall clock was at a reading of ours, give or take.
#[derive(Clone, Copy, Debug)]
struct Heard {
    wall: Timestamp,
    up: Duration,
    give_or_take: Duration,
}

/// A [`Clock`] whose wall is the queue's and whose boot clock is this machine's.
#[derive(Clone)]
pub struct QueueClock {
    here: Arc<dyn Clock>,
    heard: Arc<Mutex<Option<Heard>>>,
}

impl QueueClock {
    /// Over this machine's clock; until the first answer it shows this machine's time.
    pub fn new() -> Self {
        Self::over(Arc::new(SystemClock::new()))
    }

    /// Over another clock.
    pub fn over(here: Arc<dyn Clock>) -> Self {
        Self { here, heard: Arc::default() }
    }

    /// A reading of the boot clock, to be taken before a call leaves.
    pub fn up(&self) -> Duration {
        self.here.now().since_boot
    }

    /// An answer has come that left at `wall` by the queue's clock; its call had left at `sent` by ours. The closest
    /// of the last measurements counts, unless a newer one says that it cannot be true.
    pub fn heard(&self, wall: Timestamp, sent: Duration) {
        let now = self.here.now().since_boot;
        let give_or_take = now.saturating_sub(sent) / 2;
        let fresh = Heard { wall, up: now.saturating_sub(give_or_take), give_or_take };
        let mut heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        let better = heard.is_none_or(|old| {
            let apart = Duration::try_from(carried(&old, fresh.up).duration_since(fresh.wall).abs());
            give_or_take <= old.give_or_take
                || now.saturating_sub(old.up) > BELIEVED
                || apart.is_ok_and(|apart| apart > old.give_or_take + give_or_take)
        });
        if better {
            *heard = Some(fresh);
        }
    }
}

impl Default for QueueClock {
    fn default() -> Self {
        Self::new()
    }
}

fn carried(heard: &Heard, up: Duration) -> Timestamp {
    let since = SignedDuration::try_from(up.saturating_sub(heard.up)).unwrap_or(SignedDuration::MAX);
    let before = SignedDuration::try_from(heard.up.saturating_sub(up)).unwrap_or(SignedDuration::MAX);
    heard.wall.checked_add(since).and_then(|wall| wall.checked_sub(before)).unwrap_or(heard.wall)
}

impl Clock for QueueClock {
    fn now(&self) -> Moment {
        let here = self.here.now();
        let heard = *self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        match heard {
            Some(heard) => Moment { wall: carried(&heard, here.since_boot), ..here },
            None => here,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wellbeing::clock::TurnedClock;

    const HOUR: Duration = Duration::from_secs(3600);

    fn at(text: &str) -> Timestamp {
        text.parse().expect("a time")
    }

    fn desk() -> (TurnedClock, QueueClock) {
        let here = TurnedClock::at(at("2026-11-22T03:00:00Z"));
        (here.clone(), QueueClock::over(Arc::new(here)))
    }

    #[test]
    fn a_clock_turned_at_home_moves_no_break() {
        let (here, clock) = desk();
        let sent = clock.up();
        here.turn(Duration::from_millis(300));
        clock.heard(at("2026-11-22T08:00:00Z"), sent);
        here.cheat(at("2031-01-01T00:00:00Z"));
        here.turn(HOUR);
        assert_eq!(clock.now().wall, at("2026-11-22T09:00:00.15Z"), "half of the way there");
    }

    #[test]
    fn a_closer_measurement_counts_and_a_worse_one_only_where_the_old_cannot_be_true() {
        let (here, clock) = desk();
        clock.heard(at("2026-11-22T08:00:00Z"), clock.up());
        let sent = clock.up();
        here.turn(Duration::from_secs(4));
        clock.heard(at("2026-11-22T08:00:01Z"), sent);
        assert_eq!(clock.now().wall, at("2026-11-22T08:00:04Z"), "a slow answer proves nothing against a quick one");
        let sent = clock.up();
        here.turn(Duration::from_secs(1));
        clock.heard(at("2026-11-22T12:00:00Z"), sent);
        assert_eq!(clock.now().wall, at("2026-11-22T12:00:00.5Z"), "another server has another clock");
    }
}
