//! Who waits for items: people whose last claim brought nothing. They alone are told that items have come, so that
//! an import does not wake fifteen thousand desks that have enough.

use crate::store::Event;
use std::collections::HashSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

/// The people who wait, and how often something came.
#[derive(Default)]
pub struct Waiters {
    names: Mutex<HashSet<String>>,
    came: AtomicU64,
    told: AtomicU64,
}

impl Waiters {
    /// What has come so far; to be read before a claim.
    pub fn came(&self) -> u64 {
        self.came.load(Ordering::Acquire)
    }

    /// A claim that left at `before` has brought nothing to this person, or something.
    pub fn claimed(&self, name: &str, before: u64, empty: bool) {
        if empty {
            self.names.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned());
            if self.came() != before {
                // Something came in between: nobody may have looked for this name.
                self.came.fetch_add(1, Ordering::AcqRel);
            }
        }
    }

    /// An event of the store.
    pub fn heard(&self, event: &Event) {
        let action = event.data["action"].as_str().unwrap_or_default();
        if action.starts_with("item.") || action.starts_with("queue.") || action == "decision.reversed" {
            self.came.fetch_add(1, Ordering::AcqRel);
        }
    }

    /// Those who are to be told now; each is told once and claims again.
    pub fn take(&self) -> HashSet<String> {
        let came = self.came();
        if self.told.swap(came, Ordering::AcqRel) == came {
            return HashSet::new();
        }
        std::mem::take(&mut self.names.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn event(action: &str) -> Event {
        Event { seq: 1, kind: "stats".into(), person: None, data: json!({"action": action}) }
    }

    #[test]
    fn only_those_whose_hands_are_empty_are_told_and_once() {
        let waiters = Waiters::default();
        waiters.claimed("ines", waiters.came(), true);
        waiters.claimed("paul", waiters.came(), false);
        waiters.heard(&event("decision.recorded"));
        assert!(waiters.take().is_empty(), "a decision brings nobody items");
        waiters.heard(&event("item.imported"));
        assert_eq!(waiters.take(), HashSet::from(["ines".to_owned()]));
        waiters.heard(&event("item.imported"));
        assert!(waiters.take().is_empty());
    }

    #[test]
    fn what_comes_during_an_empty_claim_is_not_missed() {
        let waiters = Waiters::default();
        let before = waiters.came();
        waiters.heard(&event("item.imported"));
        assert!(waiters.take().is_empty());
        waiters.claimed("ines", before, true);
        assert_eq!(waiters.take().len(), 1);
    }
}
