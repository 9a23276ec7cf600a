//! When the next frame may be drawn.

use std::time::{Duration, Instant};

/// At most one frame in 16 ms (33 ms at the far end of a line), and the first one at once: a key after a pause is
/// answered without waiting, a flood of keys costs a frame for each interval and not one for each key.
#[derive(Clone, Debug)]
pub struct Pace {
    between: Duration,
    last: Option<Instant>,
    wanted: bool,
}

impl Pace {
    /// For a terminal on this machine or at the far end of a line.
    pub const fn new(remote: bool) -> Self {
        let between = if remote { Duration::from_millis(33) } else { Duration::from_millis(16) };
        Self { between, last: None, wanted: false }
    }

    /// Something changed that a frame would show.
    pub fn want(&mut self) {
        self.wanted = true;
    }

    /// How long to go on taking messages before the next frame: none when there is nothing to draw (wait for a message
    /// without a limit), zero when the frame is due.
    pub fn wait(&self, now: Instant) -> Option<Duration> {
        if !self.wanted {
            return None;
        }
        let due = self.last.map_or(now, |last| last + self.between);
        Some(due.saturating_duration_since(now))
    }

    /// A frame was drawn.
    pub fn drawn(&mut self, now: Instant) {
        (self.last, self.wanted) = (Some(now), false);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_frame_is_at_once_and_a_flood_is_paced() {
        let start = Instant::now();
        let ms = Duration::from_millis;
        let mut pace = Pace::new(false);
        assert_eq!(pace.wait(start), None);
        pace.want();
        assert_eq!(pace.wait(start), Some(ms(0)));
        pace.drawn(start);
        assert_eq!(pace.wait(start + ms(1)), None);
        pace.want();
        assert_eq!(pace.wait(start + ms(1)), Some(ms(15)));
        assert_eq!(pace.wait(start + ms(60)), Some(ms(0)));
    }
}
