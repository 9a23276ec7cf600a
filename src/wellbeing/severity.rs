//! How hard an item is to look at.

use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;

/// 0 none, 1 mild, 2 disturbing, 3 graphic, 4 extreme.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Severity(u8);

impl Severity {
    /// Spam, listing rules, intellectual property.
    pub const NONE: Self = Self(0);
    /// Insults, profanity, nudity.
    pub const MILD: Self = Self(1);
    /// Targeted hate, threats, talk of self-harm.
    pub const DISTURBING: Self = Self(2);
    /// Gore, cruelty, self-injury, sexual violence, dead bodies.
    pub const GRAPHIC: Self = Self(3);
    /// Child sexual abuse, torture, execution, live suicide.
    pub const EXTREME: Self = Self(4);

    /// `None` above 4.
    pub fn new(level: u8) -> Option<Self> {
        (level <= 4).then_some(Self(level))
    }

    /// 0 to 4.
    pub fn level(self) -> u8 {
        self.0
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl<'de> Deserialize<'de> for Severity {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let level = i64::deserialize(deserializer)?;
        u8::try_from(level)
            .ok()
            .and_then(Self::new)
            .ok_or_else(|| serde::de::Error::custom(format!("severity {level} is not 0 to 4")))
    }
}
