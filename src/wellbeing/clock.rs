//! The queue's clock, which alone ends a break.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// One reading of the clock: the wall's time, and the time since the machine was started, which nobody can turn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// What the wall clock says, UTC.
    pub wall: Timestamp,
    /// Names this start of the machine; another name means that it was started again in between.
    #[serde(rename = "boot")]
    pub boot_id: Arc<str>,
    /// Since the machine was started, sleep included. Kept in nanoseconds.
    #[serde(rename = "up", with = "nanos")]
    pub since_boot: Duration,
}

impl Moment {
    /// The time from `earlier` to this reading: the smaller of wall and boot clock, the wall's alone after the
    /// machine was started again, and never negative. Turning the wall clock forward therefore shortens nothing.
    pub fn elapsed_since(&self, earlier: &Moment) -> Duration {
        let wall = self.wall_since(earlier);
        if self.boot_id == earlier.boot_id { wall.min(self.up_since(earlier)) } else { wall }
    }

    /// The time worked from `earlier` to this reading: the boot clock's alone, so that turning the wall clock *back*
    /// does not put off a break either; the wall's after the machine was started again, never negative.
    pub fn worked_since(&self, earlier: &Moment) -> Duration {
        if self.boot_id == earlier.boot_id { self.up_since(earlier) } else { self.wall_since(earlier) }
    }

    /// Whether this reading was taken after `earlier`, by the boot clock where both come from one start.
    pub fn is_after(&self, earlier: &Moment) -> bool {
        if self.boot_id == earlier.boot_id { self.since_boot > earlier.since_boot } else { self.wall > earlier.wall }
    }

    /// This reading, `by` later.
    pub fn later(&self, by: Duration) -> Moment {
        let by_signed = SignedDuration::try_from(by).unwrap_or(SignedDuration::MAX);
        Moment {
            wall: self.wall.checked_add(by_signed).unwrap_or(Timestamp::MAX),
            boot_id: self.boot_id.clone(),
            since_boot: self.since_boot.saturating_add(by),
        }
    }

    /// This reading, `by` earlier, on both clocks.
    pub fn back(&self, by: Duration) -> Moment {
        let by_signed = SignedDuration::try_from(by).unwrap_or(SignedDuration::MAX);
        Moment {
            wall: self.wall.checked_sub(by_signed).unwrap_or(Timestamp::MIN),
            boot_id: self.boot_id.clone(),
            since_boot: self.since_boot.saturating_sub(by),
        }
    }

    /// The moment that a desk's `claimed` time stands for, when its word arrives at `self`: never before the lease
    /// and never after the arrival. Without a lease there is nothing to lean on, and the arrival counts.
    pub fn clamped(&self, claimed: Timestamp, leased: Option<&Moment>) -> Moment {
        let ago = Duration::try_from(self.wall.duration_since(claimed)).unwrap_or(Duration::ZERO);
        let most = leased.map_or(Duration::ZERO, |leased| self.elapsed_since(leased));
        self.back(ago.min(most))
    }

    fn wall_since(&self, earlier: &Moment) -> Duration {
        Duration::try_from(self.wall.duration_since(earlier.wall)).unwrap_or(Duration::ZERO)
    }

    fn up_since(&self, earlier: &Moment) -> Duration {
        self.since_boot.saturating_sub(earlier.since_boot)
    }
}

/// A duration as whole nanoseconds, so that a moment read back is the moment written.
pub(crate) mod nanos {
    use serde::{Deserialize, Deserializer, Serializer};
    use std::time::Duration;

    pub(crate) fn serialize<S: Serializer>(duration: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u64(u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX))
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
        u64::deserialize(deserializer).map(Duration::from_nanos)
    }
}

/// Where the time comes from. The program has the system's; tests turn their own.
pub trait Clock: Send + Sync {
    /// The time now.
    fn now(&self) -> Moment;
}

/// A clock that moves only when it is turned, for tests and measurements.
#[derive(Clone)]
pub struct TurnedClock(Arc<Mutex<Moment>>);

impl TurnedClock {
    /// Stands at `wall`, an hour after the machine's start.
    pub fn at(wall: Timestamp) -> Self {
        Self(Arc::new(Mutex::new(Moment { wall, boot_id: "turned".into(), since_boot: Duration::from_secs(3600) })))
    }

    /// Lets time pass on both clocks.
    pub fn turn(&self, by: Duration) {
        let mut moment = self.0.lock().expect("no reader of a clock panics");
        moment.wall += by;
        moment.since_boot += by;
    }

    /// Moves the wall clock alone, as somebody would who wants a break to be over.
    pub fn cheat(&self, wall: Timestamp) {
        self.0.lock().expect("no reader of a clock panics").wall = wall;
    }

    /// Starts the machine again: another boot, whose clock begins at nothing.
    pub fn reboot(&self) {
        let mut moment = self.0.lock().expect("no reader of a clock panics");
        moment.boot_id = format!("{}'", moment.boot_id).into();
        moment.since_boot = Duration::ZERO;
    }
}

impl Clock for TurnedClock {
    fn now(&self) -> Moment {
        self.0.lock().expect("no reader of a clock panics").clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Duration = Duration::from_secs(60);

    fn clock() -> TurnedClock {
        TurnedClock::at("2026-11-22T08:00:00Z".parse().expect("a time"))
    }

    #[test]
    fn elapsed_is_the_smaller_of_both_clocks_and_never_negative() {
        let clock = clock();
        let start = clock.now();
        clock.turn(3 * MINUTE);
        assert_eq!(clock.now().elapsed_since(&start), 3 * MINUTE);
        clock.cheat("2026-11-22T20:00:00Z".parse().expect("a time"));
        assert_eq!(clock.now().elapsed_since(&start), 3 * MINUTE);
        clock.cheat("2026-11-21T20:00:00Z".parse().expect("a time"));
        assert_eq!(clock.now().elapsed_since(&start), Duration::ZERO);
        assert_eq!(clock.now().worked_since(&start), 3 * MINUTE);
    }

    #[test]
    fn after_a_reboot_the_wall_clock_counts() {
        let clock = clock();
        let start = clock.now();
        clock.turn(2 * MINUTE);
        clock.reboot();
        clock.turn(MINUTE);
        assert_eq!(clock.now().elapsed_since(&start), 3 * MINUTE);
        assert_eq!(clock.now().worked_since(&start), 3 * MINUTE);
        assert!(clock.now().is_after(&start));
    }

    #[test]
    fn a_desk_s_time_is_clamped_between_lease_and_arrival() {
        let clock = clock();
        let leased = clock.now();
        clock.turn(5 * MINUTE);
        let arrival = clock.now();
        let said = |text: &str| arrival.clamped(text.parse().expect("a time"), Some(&leased));
        assert_eq!(said("2026-11-22T08:02:00Z"), leased.later(2 * MINUTE));
        assert_eq!(said("2026-11-22T01:00:00Z"), leased);
        assert_eq!(said("2026-11-23T01:00:00Z"), arrival);
        assert_eq!(arrival.clamped("2026-11-22T08:02:00Z".parse().expect("a time"), None), arrival);
    }

    #[test]
    fn a_moment_is_kept_to_the_nanosecond() {
        let clock = clock();
        clock.turn(Duration::from_nanos(1_234_567_891));
        let kept = serde_json::to_string(&clock.now()).expect("serialises");
        assert_eq!(serde_json::from_str::<Moment>(&kept).expect("reads"), clock.now());
    }
}
