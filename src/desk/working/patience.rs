//! When to try again.

use std::time::Duration;

/// The longest the desk waits between two attempts.
const LONGEST: Duration = Duration::from_secs(30);

/// Waits that double, spread by the desk's name so that a room of desks does not come back in one instant.
#[derive(Debug)]
pub(super) struct Patience {
    failures: u32,
    spread: u32,
}

impl Patience {
    pub fn of(desk: &str) -> Self {
        Self { failures: 0, spread: desk.bytes().fold(7, |sum, byte| sum * 31 % 251 + u32::from(byte)) % 256 }
    }

    /// How long to wait after one more failure: 1 s, 2 s, 4 s … 30 s, plus up to a quarter.
    pub fn after_failure(&mut self) -> Duration {
        let wait = Duration::from_secs(1u64 << self.failures.min(5)).min(LONGEST);
        self.failures += 1;
        wait + wait * self.spread / 1024
    }

    /// This desk's own place within a time.
    pub fn spread_over(&self, time: Duration) -> Duration {
        time * self.spread / 256
    }

    /// It worked: the next failure starts anew. Answers whether there had been any.
    pub fn reset(&mut self) -> bool {
        std::mem::take(&mut self.failures) > 0
    }

    pub fn failures(&self) -> u32 {
        self.failures
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_half_a_minute_and_start_anew_after_success() {
        let mut patience = Patience::of("desk");
        let waits: Vec<u64> = (0..8).map(|_| patience.after_failure().as_secs()).collect();
        assert!(waits.windows(2).all(|pair| pair[0] <= pair[1]));
        assert_eq!(waits[0], 1);
        assert!((30..=37).contains(&waits[7]));
        assert!(patience.reset() && !patience.reset());
        assert_eq!(patience.after_failure().as_secs(), 1);
    }
}
