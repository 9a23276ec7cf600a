//! The topics, each a file in every language.

use super::Lang;

/// One topic: the messages whose ids begin with its name.
pub(super) struct Topic {
    /// The first word of its ids, and the name of its files.
    pub name: &'static str,
    sources: [&'static str; 2],
}

impl Topic {
    /// Its messages in Fluent's syntax.
    pub fn source(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::En => self.sources[0],
            Lang::Fr => self.sources[1],
        }
    }
}

macro_rules! topics {
    ($($name:literal)*) => {
        /// All of them, in the order of their names. A message of a topic that is not here is missing.
        pub(super) const TOPICS: &[Topic] = &[$(Topic {
            name: $name,
            sources: [
                include_str!(concat!("en/", $name, ".ftl")),
                include_str!(concat!("fr/", $name, ".ftl")),
            ],
        }),*];
    };
}

topics! {
    "alert" "batch" "break" "charter" "checkin" "command" "context" "curtain" "desk" "doubt" "error" "find" "followup" "grade"
    "guard" "head" "held" "help" "history" "insight" "item" "keys" "kind" "line" "lost" "masking" "measure" "message" "mine"
    "note" "outcome" "palette" "pass" "picture" "plain" "reply" "report" "rule" "sanction" "severity" "shift" "summary" "text"
    "thread" "time" "verdict"
    "watch" "week" "why"
}
