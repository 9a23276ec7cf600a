//! Looking again at what was decided under an older version of a client's policies.

use super::Keeper;
use super::lease::DECIDED;
use super::log::Entry;
use super::shelf::Shelf;
use crate::moderation::Queue;
use crate::store::{Again, Result, StoreError};
use serde_json::json;

/// Entries of the log looked at in one go: whoever decides meanwhile waits no longer for it than for a batch.
const PAGE: i64 = 2_000;

impl<S: Shelf> Keeper<S> {
    /// Brings items whose decision in force was made under `version` back to be decided anew, in a new round, in the
    /// queue `CLIENT-again`, which is made where there is none. What was decided stands until somebody decides anew.
    pub(in crate::store) fn look_again(&mut self, client: &str, version: &str, after: u64, by: &str) -> Result<Again> {
        if !self.hot.clients.contains_key(client) {
            let name = client.to_owned();
            return Err(StoreError::Unknown { what: "client", name, hint: "`moddesk client list` lists them" });
        }
        let after = i64::try_from(after).unwrap_or(i64::MAX);
        let upto = after.saturating_add(PAGE);
        let more = upto < self.hot.tail.seq;
        let found = self.shelf.decided_under(version, after, upto)?;
        let next_after = more.then(|| upto.unsigned_abs());
        let mut again = Again { queue: format!("{client}-again"), items: 0, next_after };
        let actor = self.actor(by);
        for (seq, item) in found {
            let mut row = self.by_seq(item)?;
            let bucket = &self.hot.buckets[self.at(&row)?];
            let (level, theirs) = (bucket.level, self.hot.client_of(bucket.origin) == client);
            // Another client's version of the same name, or decided once more since.
            if row.state != DECIDED || !theirs || !self.in_force(seq, &row)? {
                continue;
            }
            let queue = self.review_queue(client, &again.queue, by)?;
            self.rebucket(&mut row, Some(queue), level)?;
            (row.round, row.class, row.state) = (row.round + 1, 1, super::lease::LIVE);
            let content = self.content(row.seq)?;
            let text = super::served::text_key(&content);
            if let Some(decision) = self.decision_at(seq)? {
                self.count(&row, decision.verdict, decision.policy.as_deref(), text, -1)?;
            }
            let detail = json!({"version": version, "to": again.queue, "round": row.round});
            let mark = Some(row.mark());
            let entry = Entry {
                actor: &actor,
                action: "item.again",
                subject: &row.id.clone(),
                detail,
                item: mark,
                ..Entry::default()
            };
            row.last = self.audit(&entry)?;
            self.put_item(&row)?;
            self.unbar(row.seq)?;
            self.wait(&row)?;
            self.keep_kin_of(row.seq, &content)?;
            again.items += 1;
        }
        Ok(again)
    }

    fn review_queue(&mut self, client: &str, name: &str, by: &str) -> Result<i64> {
        if let Some(id) = self.hot.queue_ids.get(name) {
            return Ok(*id);
        }
        self.set_queue(&Queue::new(name, client), by)?;
        Ok(self.hot.queue_ids[name])
    }

    /// Whether nothing that counts has been decided on an item since, and nobody has undone it.
    fn in_force(&self, seq: i64, row: &super::lease::ItemRow) -> Result<bool> {
        let mut at = row.last;
        while at > seq {
            let Some(entry) = self.shelf.entry(at)?.filter(|entry| entry.item == Some(row.seq)) else {
                return Ok(false);
            };
            if matches!(entry.action.as_str(), "decision.recorded" | "decision.reversed" | "item.revised") {
                return Ok(false);
            }
            at = entry.prev.unwrap_or(0);
        }
        Ok(at == seq)
    }

    fn decision_at(&self, seq: i64) -> Result<Option<crate::moderation::Decision>> {
        let payload = self.shelf.entry(seq)?.and_then(|entry| entry.payload);
        Ok(payload.and_then(|payload| serde_json::from_slice(&payload).ok()))
    }
}
