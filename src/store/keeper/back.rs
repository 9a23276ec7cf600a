//! What became of one's own decisions: overturned, or decided by the next level. One line each, to the one who decided.

use super::Keeper;
use super::lease::ItemRow;
use super::message::{BACK, BackBody, MessageRow, following, written};
use super::shelf::Shelf;
use crate::moderation::{BackWhy, Decision, Verdict};
use crate::store::Result;
use crate::text::Untrusted;
use jiff::Timestamp;
use serde_json::json;
use uuid::Uuid;

/// One's own decision.
pub(in crate::store) struct Own<'a> {
    pub person: i64,
    pub decision: &'a Decision,
    pub at: Timestamp,
}

/// What somebody made of it.
pub(in crate::store) struct Since<'a> {
    /// Of the act.
    pub id: Uuid,
    pub person: i64,
    pub why: BackWhy,
    pub now: Option<&'a Decision>,
    pub reason: Option<&'a str>,
}

impl<S: Shelf> Keeper<S> {
    /// Sends the line back.
    pub(in crate::store) fn send_back(&mut self, row: &ItemRow, own: &Own<'_>, since: &Since<'_>) -> Result<()> {
        let origin = self.hot.buckets[self.at(row)?].origin;
        let client = self.hot.client_of(origin).to_owned();
        let noted = since.now.and_then(|now| now.note.clone());
        let body = BackBody {
            why: since.why,
            item: row.id.clone(),
            client: client.clone(),
            verdict: own.decision.verdict,
            policy: own.decision.policy.clone(),
            decided_at: own.decision.decided_at.unwrap_or(own.at),
            now: since.now.map(|now| now.verdict),
            now_policy: since.now.and_then(|now| now.policy.clone()),
            by: self.hot.people.get(&since.person).map(|person| person.pseudonym.clone()).unwrap_or_default(),
            reason: since.reason.map(Untrusted::new).or(noted),
        };
        let what = match since.why {
            BackWhy::Overturned => "overturned",
            BackWhy::Escalation => "escalation",
        };
        let id = following(since.id, what, own.person);
        self.shelf.put_message(&MessageRow {
            id,
            kind: BACK,
            at: self.micros,
            person: Some(own.person),
            client: Some(client),
            item: Some(row.seq),
            open: false,
            kept: false,
            body: written(&body),
        })?;
        self.hint("notice", Some(own.person), "", &json!({"back": id}))
    }

    /// Where this decides what somebody else has escalated, they hear of it.
    pub(in crate::store) fn answer_escalation(&mut self, person: i64, row: &ItemRow, now: &Decision) -> Result<()> {
        if row.round < 2 {
            return Ok(());
        }
        let mut seq = row.last;
        while seq > 0 {
            let Some(entry) = self.shelf.entry(seq)?.filter(|entry| entry.item == Some(row.seq)) else { break };
            match entry.action.as_str() {
                "decision.recorded" => {
                    let (Some(by), Some(payload)) = (entry.person, &entry.payload) else { break };
                    let Ok(decision) = serde_json::from_slice::<Decision>(payload) else { break };
                    let before = entry.round == Some(row.round - 1) && decision.verdict == Verdict::Escalate;
                    if before && by != person {
                        let own = Own { person: by, decision: &decision, at: super::log::timestamp(entry.at) };
                        let why = BackWhy::Escalation;
                        let since = Since { id: now.id, person, why, now: Some(now), reason: None };
                        self.send_back(row, &own, &since)?;
                    }
                    break;
                }
                // Undone or revised since: the round before is not theirs any more.
                "decision.reversed" | "item.revised" => break,
                _ => seq = entry.prev.unwrap_or(0),
            }
        }
        Ok(())
    }
}
