//! The queues that the configuration file names.

use super::raw::{RawQueue, seconds};
use super::sheet::Found;
use crate::moderation::{Deadline, Queue};
use crate::wellbeing::Severity;

/// Whose a queue is that names no client.
const NOBODY: &str = "default";

/// One `[queues.NAME]`: what the file says of a queue. What it leaves out stays as the store has it.
#[derive(Clone, Debug, PartialEq)]
pub struct QueueEntry {
    /// What it is called everywhere.
    pub name: String,
    /// The keys that the file names, with their lines: `queue set` refuses these.
    pub named: Vec<(&'static str, u32)>,
    client: Option<String>,
    title: Option<String>,
    languages: Option<Vec<String>>,
    severity_ceiling: Option<Severity>,
    deadline: Option<Option<Deadline>>,
    warn_at_s: Option<u64>,
    lease_s: Option<u64>,
    escalates_to: Option<String>,
    paused: Option<bool>,
    departments: Option<Vec<String>>,
}

impl QueueEntry {
    /// The queue as it is to be, over the one the store has.
    pub fn over(&self, kept: Option<Queue>) -> Queue {
        let mut queue = kept.unwrap_or_else(|| Queue::new(self.name.clone(), NOBODY));
        if let Some(client) = &self.client {
            queue.client.clone_from(client);
        }
        if self.title.is_some() {
            queue.title.clone_from(&self.title);
        }
        if let Some(languages) = &self.languages {
            queue.languages.clone_from(languages);
        }
        queue.severity_ceiling = self.severity_ceiling.unwrap_or(queue.severity_ceiling);
        if let Some(deadline) = &self.deadline {
            queue.deadline.clone_from(deadline);
        }
        queue.warn_at_s = self.warn_at_s.unwrap_or(queue.warn_at_s);
        queue.lease_s = self.lease_s.unwrap_or(queue.lease_s);
        if self.escalates_to.is_some() {
            queue.escalates_to.clone_from(&self.escalates_to);
        }
        queue.paused = self.paused.unwrap_or(queue.paused);
        if let Some(departments) = &self.departments {
            queue.departments.clone_from(departments);
        }
        queue
    }
}

pub(super) fn resolve(raw: Vec<(Found<String>, RawQueue)>) -> Vec<QueueEntry> {
    raw.into_iter().map(|(name, queue)| entry(name.value, queue)).collect()
}

fn entry(name: String, raw: RawQueue) -> QueueEntry {
    let mut named = Vec::new();
    /// Takes a value and remembers that the file names its key.
    fn take<T>(named: &mut Vec<(&'static str, u32)>, key: &'static str, found: Option<Found<T>>) -> Option<T> {
        found.map(|found| {
            named.push((key, found.line));
            found.value
        })
    }
    let plain = |list: Vec<Found<String>>| list.into_iter().map(|text| text.value).collect();
    QueueEntry {
        name,
        client: take(&mut named, "client", raw.client),
        title: take(&mut named, "title", raw.title),
        languages: take(&mut named, "languages", raw.languages).map(plain),
        severity_ceiling: take(&mut named, "severity_ceiling", raw.severity_ceiling),
        deadline: take(&mut named, "deadline", raw.deadline),
        warn_at_s: take(&mut named, "warn_at", raw.warn_at).map(seconds),
        lease_s: take(&mut named, "lease", raw.lease).map(seconds),
        escalates_to: take(&mut named, "escalates_to", raw.escalates_to),
        paused: take(&mut named, "paused", raw.paused),
        departments: take(&mut named, "departments", raw.departments).map(plain),
        named,
    }
}
