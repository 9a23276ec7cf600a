//! What was taken, in order.

use std::time::Duration;

pub struct Figures(Vec<Duration>);

impl Figures {
    pub fn of(mut taken: Vec<Duration>) -> Self {
        taken.sort_unstable();
        Self(taken)
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// In milliseconds.
    pub fn at(&self, share: f64) -> f64 {
        let last = self.0.len().saturating_sub(1);
        self.0.get((last as f64 * share) as usize).map_or(f64::NAN, |taken| taken.as_secs_f64() * 1e3)
    }

    pub fn say(&self, what: &str, seconds: f64) {
        println!(
            "{what:<44} {:>9.0} a second, p50 {:>7.2} ms, p99 {:>7.2} ms, most {:>7.1} ms",
            self.len() as f64 / seconds,
            self.at(0.5),
            self.at(0.99),
            self.at(1.0)
        );
    }
}
