//! By when an item must be decided: a rule as data, written as a person writes it.
//!
//! ```text
//! 1h                                              an hour after it was received
//! 24h from created_at                             a day after it was written
//! 4h working Mon-Fri 09:00-18:00 Europe/Paris     four hours in which somebody is there
//!   … except 05-01,2026-12-24                     not on the first of May, nor on this one Christmas Eve
//! tco_1h                                          what a law asks, by its name
//! ```

mod hours;
mod legal;
mod parse;
mod pause;
#[cfg(test)]
mod tests;

pub use hours::{DayOff, Hours, Zone};
pub use legal::{PRESETS, Preset};
pub use parse::DeadlineError;
pub use pause::PauseReason;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::time::Duration;

/// From which of an item's times a deadline counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum From {
    /// When it reached moderation.
    #[default]
    Received,
    /// The content's own time; when it was received, where it has none.
    Created,
}

/// A deadline rule. A paused one goes on with what was left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// How long, 1 s to a year.
    pub within: Duration,
    /// From when.
    pub from: From,
    /// Only these hours count; absent means all.
    pub hours: Option<Hours>,
    /// The law that it was taken from, by the name of its preset.
    pub law: Option<&'static Preset>,
}

impl Deadline {
    /// So long after reception.
    pub fn after(within: Duration) -> Self {
        Self { within, from: From::Received, hours: None, law: None }
    }

    /// When an item is due.
    pub fn due(&self, received: Timestamp, created: Option<Timestamp>) -> Timestamp {
        let start = match self.from {
            From::Received => received,
            From::Created => created.unwrap_or(received),
        };
        match &self.hours {
            None => later(start, self.within),
            Some(hours) => hours.add(start, self.within),
        }
    }

    /// How many seconds by the clock what was received then has until it is due.
    pub fn lasts(&self, received: Timestamp) -> u64 {
        let lasts = self.due(received, None).duration_since(received);
        u64::try_from(lasts.as_secs()).unwrap_or_default()
    }

    /// When an item is due whose deadline stood still for a while: what was left of it when it was paused counts on
    /// from when it is resumed. One that was past already stays where it was.
    pub fn resumed(&self, due: Timestamp, paused: Timestamp, now: Timestamp) -> Timestamp {
        if due <= paused {
            return due;
        }
        match &self.hours {
            None => later(now, Duration::try_from(due.duration_since(paused)).unwrap_or_default()),
            Some(hours) => hours.add(now, hours.between(paused, due)),
        }
    }
}

/// So much later; the end of time where that is later than it.
fn later(start: Timestamp, by: Duration) -> Timestamp {
    start.checked_add(by).unwrap_or(Timestamp::MAX)
}

impl Serialize for Deadline {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Deadline {
    /// As written, or whole seconds as older queues have it. A zone that this machine does not know is taken here, so
    /// that a queue stays readable everywhere; who sets one goes through [`std::str::FromStr`], which refuses it.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Seconds(u64),
            Text(String),
        }
        match Written::deserialize(deserializer)? {
            Written::Seconds(seconds) => Ok(Self::after(Duration::from_secs(seconds))),
            Written::Text(text) => parse::read(&text).map_err(serde::de::Error::custom),
        }
    }
}

impl JsonSchema for Deadline {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Deadline".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "description": "A deadline rule: `1h`, `24h from created_at`, `4h working Mon-Fri 09:00-18:00 Europe/Paris` \
                (behind it `except 05-01,2026-12-24` for days on which nobody is there), \
                or the name of a legal preset such as `tco_1h`.",
        })
    }
}
