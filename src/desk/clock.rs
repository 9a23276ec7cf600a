//! The clocks of this machine.

use crate::wellbeing::clock::{Clock, Moment};
use jiff::Timestamp;
use rustix::time::{ClockId, clock_gettime};
use std::sync::Arc;
use std::time::Duration;

/// Wall clock, boot clock (sleep included, so that a lid closed for ten minutes is ten minutes) and the kernel's
/// name for this start of the machine.
#[derive(Clone, Debug)]
pub struct SystemClock {
    boot_id: Arc<str>,
}

impl SystemClock {
    /// Reads the name of this start once. Where the kernel gives none, every program start counts as a new one: then
    /// the wall clock alone counts across programs, as after a reboot.
    pub fn new() -> Self {
        let boot_id = std::fs::read_to_string("/proc/sys/kernel/random/boot_id")
            .map(|id| id.trim().to_owned())
            .ok()
            .filter(|id| !id.is_empty())
            .unwrap_or_else(|| uuid::Uuid::now_v7().to_string());
        Self { boot_id: boot_id.into() }
    }
}

impl Default for SystemClock {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Moment {
        #[cfg(any(target_os = "linux", target_os = "android"))]
        let id = ClockId::Boottime;
        #[cfg(not(any(target_os = "linux", target_os = "android")))]
        let id = ClockId::Monotonic;
        let since = clock_gettime(id);
        let since_boot = Duration::new(
            u64::try_from(since.tv_sec).unwrap_or_default(),
            u32::try_from(since.tv_nsec).unwrap_or_default(),
        );
        Moment { wall: Timestamp::now(), boot_id: self.boot_id.clone(), since_boot }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_clocks_of_one_machine_agree_on_its_start() {
        let (one, two) = (SystemClock::new(), SystemClock::new());
        let (earlier, later) = (one.now(), two.now());
        assert_eq!(earlier.boot_id, later.boot_id);
        assert!(later.since_boot >= earlier.since_boot);
        assert!(earlier.since_boot > Duration::ZERO);
    }
}
