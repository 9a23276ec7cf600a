//! Topics that somebody does not take.

use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The topics (policy codes or categories) that one moderator does not take. It holds from the next claim on, without
/// a reason; it stands in no supervisor's view and must not be worked out from one, so it is kept beside the
/// [`Day`](super::Day) and never with what a supervisor may read of a person. It touches no break, load or count.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct OptOut(BTreeSet<String>);

impl OptOut {
    /// Opts out; says whether that is new.
    pub fn out(&mut self, topic: &str) -> bool {
        self.0.insert(topic.trim().to_lowercase())
    }

    /// Opts in again: the moderator's own act.
    pub fn back(&mut self, topic: &str) -> bool {
        self.0.remove(&topic.trim().to_lowercase())
    }

    /// Whether an item with these topics may be served to this moderator.
    pub fn takes<'a>(&self, topics: impl IntoIterator<Item = &'a str>) -> bool {
        self.0.is_empty() || !topics.into_iter().any(|topic| self.0.contains(&topic.trim().to_lowercase()))
    }

    /// Whether everything is taken.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The topics, for the moderator's own page.
    pub fn topics(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_topic_opted_out_of_is_enough_and_opting_in_is_one_s_own_act() {
        let mut own = OptOut::default();
        assert!(own.takes(["hate", "graphic"]));
        assert!(own.out("Graphic "));
        assert!(!own.out("graphic"));
        assert!(!own.takes(["hate", "graphic"]));
        assert!(own.takes(["hate"]));
        assert!(own.takes([]));
        assert!(own.back("graphic"));
        assert!(own.takes(["graphic"]));
    }
}
