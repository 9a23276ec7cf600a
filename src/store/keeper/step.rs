//! A supervisor steps in: priority and deadline, another queue, out of somebody's hands, and the last word.

use super::Keeper;
use super::decide::{Act, outcome, refused};
use super::flow::Happened;
use super::lease::{DECIDED, ItemRow, LIVE, SEALED, due_at};
use super::log::{Entry, timestamp};
use super::settings::unknown_queue;
use super::shelf::Shelf;
use crate::moderation::decision::{Outcome, Recorded};
use crate::moderation::floor::{Override, Standing, Step};
use crate::moderation::{Role, queue};
use crate::store::serving::NO_DUE;
use crate::store::{Result, Reverse, StoreError};
use serde_json::{Value, json};

/// Priorities of the contract.
const PRIORITIES: std::ops::RangeInclusive<i32> = -100..=100;

impl<S: Shelf> Keeper<S> {
    /// One step on one item that is not decided.
    pub(in crate::store) fn step_in(&mut self, who: &str, item: &str, step: &Step) -> Result<Standing> {
        self.reclaim()?;
        let row = self.live(item)?;
        let (row, taken_from) = match step {
            Step::Priority { priority, due_at } => {
                let due = due_at.map(|due| due.as_microsecond());
                (self.put_forward(who, row, *priority, due)?, None)
            }
            Step::Move { to } => self.move_to(who, row, to)?,
            Step::Release => self.take_away(who, row)?,
        };
        self.standing(&row, taken_from)
    }

    fn live(&self, item: &str) -> Result<ItemRow> {
        let Some(row) = self.by_id(item)? else {
            let name = item.to_owned();
            return Err(StoreError::Unknown { what: "item", name, hint: "`moddesk queue show` lists them" });
        };
        match row.state {
            LIVE => Ok(row),
            DECIDED => Err(StoreError::Invalid(format!("{item} is decided; overturn the decision instead"))),
            _ => Err(StoreError::Invalid(format!("{item} is withdrawn or sealed; nothing more is done with it"))),
        }
    }

    fn put_forward(&mut self, who: &str, mut row: ItemRow, priority: Option<i32>, due: Option<i64>) -> Result<ItemRow> {
        if priority.is_some_and(|priority| !PRIORITIES.contains(&priority)) {
            return Err(StoreError::Invalid("a priority is -100 to 100; choose another".into()));
        }
        if priority.is_none() && due.is_none() {
            return Err(StoreError::Invalid("say a priority, a deadline, or both".into()));
        }
        let (before, was_due) = (row.priority, row.due);
        let after = (priority.map_or(before, i64::from), due.unwrap_or(was_due));
        if after == (before, was_due) {
            return Ok(row);
        }
        let waits = !self.hot.leases.contains_key(&row.seq);
        if waits {
            let at = self.at(&row)?;
            self.unwait(at, row.place())?;
        }
        (row.priority, row.due) = after;
        let shown = |due: i64| (due != NO_DUE).then(|| timestamp(due));
        let detail =
            json!({"priority": row.priority, "was": before, "due_at": shown(row.due), "was_due": shown(was_due)});
        self.note_step(who, &mut row, "item.prioritised", detail)?;
        if waits {
            self.wait(&row)?;
        }
        Ok(row)
    }

    fn move_to(&mut self, who: &str, mut row: ItemRow, to: &str) -> Result<(ItemRow, Option<String>)> {
        if to == queue::SEALED {
            return Err(StoreError::Invalid(
                "nothing is moved to the queue sealed; decide under a sealed policy".into(),
            ));
        }
        let Some(target) = self.hot.queue_ids.get(to).copied() else { return Err(unknown_queue(to)) };
        let from = self.hot.buckets[self.at(&row)?].queue;
        if from == target {
            return Ok((row, None));
        }
        let taken_from = self.out_of_hands(&row, "moved")?;
        self.rebucket(&mut row, Some(target), Default::default())?;
        if row.due == NO_DUE
            && let Some(rule) = self.hot.queues.get(&target).and_then(|queue| queue.deadline.as_ref())
            && self.shelf.paused(row.seq)?.is_none()
        {
            row.due = rule.due(timestamp(row.received), None).as_microsecond().min(NO_DUE - 1);
        }
        let name = |queue: i64| self.hot.queues.get(&queue).map(|queue| queue.name.clone());
        let detail = json!({"from": name(from), "to": to, "taken_from": taken_from});
        self.note_step(who, &mut row, "item.moved", detail)?;
        self.wait(&row)?;
        self.happened(from, Happened { left: 1, ..Happened::default() })?;
        self.happened(target, Happened { came: 1, ..Happened::default() })?;
        Ok((row, taken_from))
    }

    fn take_away(&mut self, who: &str, mut row: ItemRow) -> Result<(ItemRow, Option<String>)> {
        if self.lease_of(row.seq).is_none() {
            return Ok((row, None));
        }
        let taken_from = self.out_of_hands(&row, "moved")?;
        self.note_step(who, &mut row, "item.released", json!({"taken_from": taken_from}))?;
        self.wait(&row)?;
        Ok((row, taken_from))
    }

    /// Takes it out of its place or of somebody's hands, who is told. Answers whose.
    fn out_of_hands(&mut self, row: &ItemRow, why: &str) -> Result<Option<String>> {
        let Some(lease) = self.take_out(row)? else { return Ok(None) };
        self.book_lapsed(row, &lease)?;
        self.lost(&lease, why)?;
        Ok(self.hot.people.get(&lease.person).map(|person| person.pseudonym.clone()))
    }

    fn note_step(&mut self, who: &str, row: &mut ItemRow, action: &str, detail: Value) -> Result<()> {
        let actor = self.actor(who);
        let person = self.hot.person_ids.get(who).copied();
        let item = Some(row.mark());
        let entry = Entry { actor: &actor, action, subject: &row.id, detail, item, person, ..Entry::default() };
        row.last = self.audit(&entry)?;
        self.put_item(row)
    }

    fn standing(&self, row: &ItemRow, taken_from: Option<String>) -> Result<Standing> {
        let queue = self.hot.buckets[self.at(row)?].queue;
        let leased = self.hot.leases.contains_key(&row.seq);
        Ok(Standing {
            item: row.id.clone(),
            queue: self.hot.queues.get(&queue).map(|queue| queue.name.clone()).unwrap_or_default(),
            state: if leased { "leased" } else { "waiting" }.to_owned(),
            round: u32::try_from(row.round).unwrap_or(u32::MAX),
            priority: i32::try_from(row.priority).unwrap_or_default(),
            due_at: due_at(row.due),
            taken_from,
        })
    }

    /// The last word: what was decided is undone and decided anew in one act, what waits or is in somebody's hands is
    /// decided over their head. The reason stands in the log's payload, as that of a reversal does.
    pub(in crate::store) fn overrule(&mut self, who: &str, asked: &Override) -> Result<Recorded> {
        let (person, supervisor) = self.person(who)?;
        if !supervisor.may(Role::Supervisor) {
            return Err(StoreError::Forbidden("only a supervisor has the last word".into()));
        }
        if asked.reason.trim().is_empty() {
            return Err(StoreError::Invalid("deciding over somebody's head needs a reason; give one".into()));
        }
        let decision = &asked.decision;
        let Some(row) = self.by_id(&decision.item)? else {
            return Ok(refused(decision.id, "there is no such item; it may have been erased"));
        };
        if let Some(known) = self.known(person, decision, false)? {
            return Ok(known);
        }
        if i64::from(decision.revision) != row.revision {
            return Ok(outcome(decision.id, Outcome::StaleRevision));
        }
        match row.state {
            LIVE => self.decide_over(person, &row, asked),
            DECIDED | SEALED => self.overturn_latest(who, &row, asked),
            _ => Ok(Recorded { state: Some("withdrawn".into()), ..outcome(decision.id, Outcome::Conflict) }),
        }
    }

    fn overturn_latest(&mut self, who: &str, row: &ItemRow, asked: &Override) -> Result<Recorded> {
        let decision = &asked.decision;
        let past = super::history::decisions_on(&self.shelf, row.seq, row.last)?;
        let Some(latest) = past.last().filter(|last| !last.reversed) else {
            return Ok(refused(decision.id, "there is no decision in force to overturn"));
        };
        // The reversal's own id follows from the decision's, so that the same call sent twice is the same act.
        let id = uuid::Uuid::from_u128(decision.id.as_u128() ^ 1);
        let reverse = Reverse { id, reason: Some(asked.reason.clone()), decision: Some(Box::new(decision.clone())) };
        let answered = self.reverse(who, latest.id, &reverse)?;
        Ok(Recorded { id: decision.id, ..answered })
    }

    fn decide_over(&mut self, person: i64, row: &ItemRow, asked: &Override) -> Result<Recorded> {
        let decision = &asked.decision;
        let policy = match self.judged(decision, row)? {
            Ok(policy) => policy,
            Err(why) => return Ok(refused(decision.id, why)),
        };
        let mut row = row.clone();
        if self.lease_of(row.seq).is_some_and(|lease| lease.person != person) {
            self.out_of_hands(&row, "decided")?;
            self.wait(&row)?;
        }
        let actor = self.hot.people.get(&person).map(|person| person.pseudonym.clone()).unwrap_or_default();
        let payload = json!({"reason": asked.reason}).to_string();
        row.last = self.audit(&Entry {
            actor: &actor,
            action: "item.overridden",
            subject: &row.id,
            detail: json!({"decision": decision.id}),
            person: Some(person),
            item: Some(row.mark()),
            payload: Some(payload.as_bytes()),
        })?;
        self.put_item(&row)?;
        let recorded = self.record(Act { person, decision, row, policy, reverses: None })?;
        self.at_call(person, true)?;
        Ok(recorded)
    }
}
