//! What a moderator used last, so that it comes first the next time.

use crate::wellbeing::Masking;
use serde::{Deserialize, Serialize};

/// More than a picker shows at once.
const KEPT: usize = 60;

/// Templates and topics, the last used first. It is the moderator's own convenience: no time is in it, and it is in no
/// export but their own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Recent {
    /// Client and code.
    pub templates: Vec<(String, String)>,
    /// Client, kind and topic.
    pub topics: Vec<(String, String, String)>,
    /// The masking that this moderator wants at least.
    pub masking: Masking,
}

impl Recent {
    /// A template was used.
    pub fn used_template(&mut self, client: &str, code: &str) {
        first(&mut self.templates, (client.to_owned(), code.to_owned()));
    }

    /// A topic was used.
    pub fn used_topic(&mut self, client: &str, sort: &str, topic: &str) {
        first(&mut self.topics, (client.to_owned(), sort.to_owned(), topic.to_owned()));
    }

    /// The codes of a client's templates.
    pub fn templates_of(&self, client: &str) -> Vec<String> {
        self.templates.iter().filter(|(of, _)| of == client).map(|(_, code)| code.clone()).collect()
    }

    /// The topics of a client, with the kind that each had.
    pub fn topics_of(&self, client: &str) -> Vec<(String, String)> {
        let own = self.topics.iter().filter(|(of, ..)| of == client);
        own.map(|(_, sort, topic)| (sort.clone(), topic.clone())).collect()
    }
}

fn first<T: PartialEq>(list: &mut Vec<T>, used: T) {
    list.retain(|there| *there != used);
    list.insert(0, used);
    list.truncate(KEPT);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_used_last_comes_first_and_once() {
        let mut recent = Recent::default();
        for code in ["a", "b", "a"] {
            recent.used_template("maif", code);
        }
        recent.used_template("other", "c");
        assert_eq!(recent.templates_of("maif"), ["a", "b"]);
        (0..200).for_each(|n| recent.used_topic("maif", "idea", &n.to_string()));
        assert_eq!(recent.topics_of("maif").len(), KEPT);
    }
}
