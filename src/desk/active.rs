//! How long somebody really was in front of an item.

use std::time::Duration;

/// Time in front of an item, breaks and curtain taken out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Active {
    since: Option<Duration>,
    sum: Duration,
}

impl Active {
    /// It is looked at from now on.
    pub fn start(&mut self, now: Duration) {
        self.since.get_or_insert(now);
    }

    /// It is not looked at any more.
    pub fn stop(&mut self, now: Duration) {
        if let Some(since) = self.since.take() {
            self.sum += now.saturating_sub(since);
        }
    }

    /// So far.
    pub fn sum(&self, now: Duration) -> Duration {
        self.sum + self.since.map_or(Duration::ZERO, |since| now.saturating_sub(since))
    }
}
