//! How hard an item is to look at.

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;

/// 0 none, 1 mild, 2 disturbing, 3 graphic, 4 extreme.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(transparent)]
pub struct Severity(#[schemars(range(max = 4))] u8);

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

/// Who says how severe something is. Plain users count up to level 2 at most, so that a pile of reports cannot seal a
/// thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Voice {
    /// The item's prior.
    Prior,
    /// A report by anybody on the platform.
    User,
    /// A report by somebody whose word counts in full: a trusted flagger, a classifier, an order.
    Trusted,
    /// The decision, or a grade given at the desk.
    Decision,
}

/// The level that counts: the highest of all that was said. Since it is the highest, a lower grade given later lowers
/// nothing.
pub fn effective(said: impl IntoIterator<Item = (Voice, Severity)>) -> Severity {
    let counted = said.into_iter().map(|(voice, level)| match voice {
        Voice::User => level.min(Severity::DISTURBING),
        Voice::Prior | Voice::Trusted | Voice::Decision => level,
    });
    counted.max().unwrap_or_default()
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

#[cfg(test)]
mod tests {
    use super::*;

    fn level(level: u8) -> Severity {
        Severity::new(level).expect("0 to 4")
    }

    #[test]
    fn the_highest_of_prior_reports_and_decision_counts() {
        assert_eq!(effective([]), Severity::NONE);
        assert_eq!(effective([(Voice::Prior, level(3)), (Voice::Decision, level(0))]), level(3));
        assert_eq!(effective([(Voice::Prior, level(1)), (Voice::Decision, level(4))]), level(4));
        assert_eq!(effective([(Voice::Prior, level(1)), (Voice::Trusted, level(4))]), level(4));
    }

    #[test]
    fn a_pile_of_reports_by_plain_users_counts_up_to_2() {
        let pile = std::iter::repeat_n((Voice::User, level(4)), 500);
        assert_eq!(effective(pile), level(2));
        assert_eq!(effective([(Voice::User, level(1))]), level(1));
    }

    #[test]
    fn severity_9_is_refused() {
        assert!(serde_json::from_str::<Severity>("9").is_err());
        assert!(serde_json::from_str::<Severity>("-1").is_err());
    }
}
