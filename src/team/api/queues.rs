//! The queues somebody works, and setting one up.

use crate::moderation::deadline::DeadlineError;
use crate::moderation::{Deadline, Queue};
use crate::wellbeing::Severity;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// Where to list them.
pub const PATH: &str = "/v1/queues";
/// Where to set one.
pub const ONE: &str = "/v1/queues/{name}";

/// The queues.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "QueuesAnswer")]
pub struct Answer {
    /// All that the asker works.
    pub queues: Vec<Queue>,
}

/// What is to change; whatever is absent stays as it is, and a new queue begins with the defaults.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(rename = "QueuesChange")]
pub struct Change {
    /// The name once more, where somebody sends the whole queue back; it must be the one in the address.
    pub name: Option<String>,
    /// Whose items these are.
    pub client: Option<String>,
    /// As the moderator reads it.
    pub title: Option<String>,
    /// Empty means all.
    pub languages: Option<Vec<String>>,
    /// Nothing above this level is served from it.
    pub severity_ceiling: Option<Severity>,
    /// By when its items must be decided: a rule such as `1h`, the name of a legal preset, or `none`.
    pub deadline: Option<String>,
    /// The same in seconds from reception, as it was before there were rules; 0 takes the deadline away.
    pub deadline_s: Option<u64>,
    /// Seconds before due from which an item goes first.
    pub warn_at_s: Option<u64>,
    /// Seconds a lease lasts.
    pub lease_s: Option<u64>,
    /// Where its escalations go.
    pub escalates_to: Option<String>,
    /// Nothing is served from it while it is.
    pub paused: Option<bool>,
    /// Why it is paused; recorded, and shown to whoever wonders.
    pub reason: Option<String>,
    /// The departments an item can be forwarded to.
    pub departments: Option<Vec<String>>,
}

impl Change {
    /// The queue as it is to be.
    ///
    /// # Errors
    /// Where the deadline is no rule.
    pub fn over(self, mut queue: Queue) -> Result<Queue, DeadlineError> {
        fn put<T>(place: &mut T, said: Option<T>) {
            if let Some(said) = said {
                *place = said;
            }
        }
        put(&mut queue.client, self.client);
        put(&mut queue.languages, self.languages);
        put(&mut queue.severity_ceiling, self.severity_ceiling);
        put(&mut queue.warn_at_s, self.warn_at_s);
        put(&mut queue.lease_s, self.lease_s);
        put(&mut queue.paused, self.paused);
        if self.paused.is_some() {
            queue.paused_because = None;
        }
        put(&mut queue.paused_because, self.reason.map(Some));
        put(&mut queue.departments, self.departments);
        put(&mut queue.title, self.title.map(Some));
        put(&mut queue.escalates_to, self.escalates_to.map(Some));
        let after = |seconds| Deadline::after(Duration::from_secs(seconds));
        put(&mut queue.deadline, self.deadline_s.map(|seconds| (seconds > 0).then(|| after(seconds))));
        if let Some(rule) = self.deadline {
            queue.deadline = if rule == "none" { None } else { Some(rule.parse()?) };
        }
        Ok(queue)
    }
}
