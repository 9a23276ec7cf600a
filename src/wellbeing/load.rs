//! The acute load: what has gathered lately and has not yet worn off.

use super::exposure::billionths;
use super::{Moment, Rules};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// The acute load `A` at the moment at which it last changed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Load {
    /// Points.
    #[serde(with = "billionths")]
    value: f64,
    /// Since when that is so.
    at: Option<Moment>,
}

/// `2^(−elapsed / half_life)`.
pub fn decay(elapsed: Duration, half_life: Duration) -> f64 {
    (-elapsed.as_secs_f64() / half_life.as_secs_f64()).exp2()
}

impl Load {
    /// The load now: `A · 2^(−dt / half_life)`.
    pub fn now(&self, rules: &Rules, now: &Moment) -> f64 {
        self.at.as_ref().map_or(0.0, |at| self.value * decay(now.elapsed_since(at), rules.half_life))
    }

    /// As it stood when it last changed, and when that was.
    pub fn last(&self) -> (f64, Option<&Moment>) {
        (self.value, self.at.as_ref())
    }

    /// Lets it wear off until `at`, then adds. What arrives late, for a time already passed, is added without
    /// wearing off again.
    pub(crate) fn add(&mut self, rules: &Rules, at: &Moment, points: f64) {
        self.value = self.now(rules, at) + points;
        self.reach(at);
    }

    /// A completed break: it wears off until `started` as in work, and from there to `ended` as in a break.
    pub(crate) fn rest(&mut self, rules: &Rules, started: &Moment, ended: &Moment) {
        self.value = self.now(rules, started) * decay(ended.elapsed_since(started), rules.break_half_life);
        self.reach(ended);
    }

    /// Forgets what has worn off to less than is kept.
    pub(crate) fn forget(&mut self, rules: &Rules, now: &Moment) {
        if self.now(rules, now) < 1e-9 {
            *self = Self::default();
        }
    }

    fn reach(&mut self, at: &Moment) {
        if self.at.as_ref().is_none_or(|was| at.is_after(was)) {
            self.at = Some(at.clone());
        }
    }
}
