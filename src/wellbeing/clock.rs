//! The queue's clock, which alone ends a break.

use jiff::Timestamp;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// One reading of the clock: the wall's time, and the time since the machine was started, which nobody can turn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// What the wall clock says, UTC.
    pub wall: Timestamp,
    /// Names this start of the machine; another name means that it was started again in between.
    pub boot_id: Arc<str>,
    /// Since the machine was started, sleep included.
    pub since_boot: Duration,
}

impl Moment {
    /// The time from `earlier` to this reading: the smaller of wall and boot clock, the wall's alone after the
    /// machine was started again, and never negative. Turning the wall clock forward therefore shortens nothing.
    pub fn elapsed_since(&self, earlier: &Moment) -> Duration {
        let wall = self.wall.duration_since(earlier.wall);
        let wall = Duration::try_from(wall).unwrap_or(Duration::ZERO);
        if self.boot_id == earlier.boot_id {
            wall.min(self.since_boot.saturating_sub(earlier.since_boot))
        } else {
            wall
        }
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
}

impl Clock for TurnedClock {
    fn now(&self) -> Moment {
        self.0.lock().expect("no reader of a clock panics").clone()
    }
}
