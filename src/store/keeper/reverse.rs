//! Undoing a recorded decision by a linked later one.

use super::Keeper;
use super::back::{Own, Since};
use super::decide::{Act, outcome, refused};
use super::flow::Happened;
use super::lease::{DECIDED, ItemRow, LIVE, SEALED};
use super::log::Entry;
use super::shelf::Shelf;
use crate::moderation::decision::{Outcome, Recorded};
use crate::moderation::{BackWhy, Decision, Role};
use crate::store::{Result, Reverse, StoreError};
use crate::wellbeing::Gate;
use serde_json::json;
use uuid::Uuid;

/// A recorded decision that may be undone.
struct Recording {
    seq: i64,
    at: i64,
    person: i64,
    decision: Decision,
    row: ItemRow,
}

impl<S: Shelf> Keeper<S> {
    pub(in crate::store) fn reverse(&mut self, who: &str, undone: Uuid, reverse: &Reverse) -> Result<Recorded> {
        let (person, _) = self.person(who)?;
        if self.logged(reverse.id)?.is_some() {
            let again = self
                .find(undone)?
                .filter(|found| self.lease_of(found.row.seq).is_some_and(|lease| lease.person == person));
            // Asked once more after a break has begun, it is no way around it.
            let item = match (again, self.at_call(person, true)?) {
                (Some(found), Gate::Open(_)) => self.serve_again(person, found.row.seq)?.map(Box::new),
                _ => None,
            };
            return Ok(Recorded { item, ..outcome(reverse.id, Outcome::AlreadyRecorded) });
        }
        let Some(found) = self.find(undone)? else {
            let name = undone.to_string();
            return Err(StoreError::Unknown { what: "decision", name, hint: "`moddesk export decisions` lists them" });
        };
        self.may_undo(person, &found, reverse.reason.is_some())?;
        if let Some(stands) = self.superseded(reverse.id, &found)? {
            return Ok(stands);
        }
        if let Some(decision) = &reverse.decision {
            if decision.item != found.row.id {
                return Ok(refused(reverse.id, "the new decision is about another item"));
            }
            if self.logged(decision.id)?.is_some() || decision.id == reverse.id {
                return Ok(refused(reverse.id, "the new decision's id is taken; mint a new one"));
            }
            if let Err(why) = self.judged(decision, &found.row)? {
                return Ok(refused(reverse.id, why));
            }
        }
        let own = found.person == person;
        let now = reverse.decision.as_deref();
        let row = self.undo(person, &found, reverse.id, true, (now, reverse.reason.as_deref()))?;
        if let Some(decision) = &reverse.decision {
            let policy = self.judged(decision, &row)?.unwrap_or_default();
            self.record(Act { person, decision, row, policy, reverses: Some(undone) })?;
            self.at_call(person, true)?;
            return Ok(outcome(reverse.id, Outcome::Recorded));
        }
        let gate = self.at_call(person, true)?;
        let item = match (own && row.state == LIVE, gate) {
            (true, Gate::Open(_)) => self.lease_back(person, &row)?,
            _ => None,
        };
        Ok(Recorded { item, ..outcome(reverse.id, Outcome::Recorded) })
    }

    /// A decision that says itself which one it undoes: both in one act.
    pub(in crate::store) fn overturn(&mut self, person: i64, undone: Uuid, decision: &Decision) -> Result<Recorded> {
        let Some(found) = self.find(undone)?.filter(|found| found.row.id == decision.item) else {
            return Ok(refused(decision.id, "there is no such decision on this item to undo"));
        };
        if let Err(error) = self.may_undo(person, &found, decision.note.is_some()) {
            return Ok(refused(decision.id, error.to_string()));
        }
        if let Some(stands) = self.superseded(decision.id, &found)? {
            return Ok(stands);
        }
        if let Err(why) = self.judged(decision, &found.row)? {
            return Ok(refused(decision.id, why));
        }
        let row = self.undo(person, &found, decision.id, false, (Some(decision), None))?;
        let policy = self.judged(decision, &row)?.unwrap_or_default();
        self.record(Act { person, decision, row, policy, reverses: Some(undone) })
    }

    fn find(&self, id: Uuid) -> Result<Option<Recording>> {
        let Some(seq) = self.logged(id)? else { return Ok(None) };
        let Some(entry) = self.shelf.entry(seq)?.filter(|entry| entry.action == "decision.recorded") else {
            return Ok(None);
        };
        let (at, Some(person), Some(item), Some(payload)) = (entry.at, entry.person, entry.item, entry.payload) else {
            return Ok(None);
        };
        let decision = serde_json::from_slice(&payload)
            .map_err(|error| StoreError::Engine(format!("a decision cannot be read ({error})")))?;
        Ok(Some(Recording { seq, at, person, decision, row: self.by_seq(item)? }))
    }

    fn may_undo(&self, person: i64, found: &Recording, reason: bool) -> Result<()> {
        if found.person == person {
            return Ok(());
        }
        let supervisor = self.hot.people.get(&person).is_some_and(|person| person.may(Role::Supervisor));
        if !supervisor {
            return Err(StoreError::Forbidden("only a supervisor can undo what somebody else decided".into()));
        }
        if !reason {
            return Err(StoreError::Invalid("undoing what somebody else decided needs a reason; give one".into()));
        }
        Ok(())
    }

    /// Only the latest decision on an item can be undone, and only once.
    fn superseded(&self, id: Uuid, found: &Recording) -> Result<Option<Recorded>> {
        let past = super::history::decisions_on(&self.shelf, found.row.seq, found.row.last)?;
        let latest = past.last().is_some_and(|last| last.id == found.decision.id && !last.reversed);
        let round = found.decision.round.map_or(0, i64::from);
        // After an escalation the item is one round further, and nobody has decided there yet.
        let stands = match found.row.state {
            DECIDED | SEALED => found.row.round == round,
            LIVE => {
                found.row.round == round + 1
                    && i64::from(found.decision.revision) == found.row.revision
                    && found.decision.verdict == crate::moderation::Verdict::Escalate
            }
            _ => false,
        };
        if latest && stands {
            return Ok(None);
        }
        let last = past.last();
        Ok(Some(Recorded {
            by: last.map(|last| last.by.clone()),
            verdict: last.map(|last| last.verdict),
            ..outcome(id, Outcome::Superseded)
        }))
    }

    /// The item lives again, in a new round and before all others, where the decision was made. `id` is the undoing
    /// one's, `own_id` says that no decision of that id follows.
    fn undo(
        &mut self,
        person: i64,
        found: &Recording,
        id: Uuid,
        own_id: bool,
        (now, reason): (Option<&Decision>, Option<&str>),
    ) -> Result<ItemRow> {
        let mut row = found.row.clone();
        let content = self.content(row.seq)?;
        let text = super::served::text_key(&content);
        if let Some(lease) = self.take_out(&row)? {
            self.book_lapsed(&row, &lease)?;
            if lease.person != person {
                self.lost(&lease, "moved")?;
            }
        }
        let from = found.decision.queue.as_deref().unwrap_or(crate::moderation::queue::DEFAULT);
        let (queue, _) = self.queue_named(from, "system")?;
        let detail = json!({"decision": found.decision.id, "id": id, "verdict": found.decision.verdict,
            "own": found.person == person, "round": row.round + 1, "revision": row.revision});
        let actor = self.hot.people.get(&person).map(|person| person.pseudonym.clone()).unwrap_or_default();
        let payload = reason.map(|reason| json!({"reason": reason}).to_string());
        let mark = Some(row.mark());
        let seq = self.audit(&Entry {
            actor: &actor,
            action: "decision.reversed",
            subject: &row.id,
            detail,
            person: Some(person),
            item: mark,
            payload: payload.as_ref().map(|text| text.as_bytes()),
        })?;
        self.shelf.put_reversal(found.seq, seq, id)?;
        if own_id {
            self.shelf.put_logged(id, seq)?;
        }
        self.count(&row, found.decision.verdict, found.decision.policy.as_deref(), text, -1)?;
        self.count_decided(queue, found.at, -1);
        self.happened(queue, Happened { came: 1, ..Happened::default() })?;
        self.rebucket(&mut row, Some(queue), Default::default())?;
        (row.round, row.class, row.state, row.last) = (row.round + 1, 0, LIVE, seq);
        self.put_item(&row)?;
        self.unbar(row.seq)?;
        self.wait(&row)?;
        self.keep_kin_of(row.seq, &content)?;
        if found.person != person {
            let own = Own { person: found.person, decision: &found.decision, at: super::log::timestamp(found.at) };
            self.send_back(&row, &own, &Since { id, person, why: BackWhy::Overturned, now, reason })?;
        }
        Ok(row)
    }

    /// My own decision, undone: the item is in my hands at once.
    fn lease_back(&mut self, person: i64, row: &ItemRow) -> Result<Option<Box<crate::moderation::Served>>> {
        let at = self.at(row)?;
        Ok(self.lease_from(person, at, row.place(), false)?.map(|(served, _)| Box::new(served)))
    }
}
