//! Recording decisions: first wins within a round, an id is recorded once, everything in one commit.

use super::Keeper;
use super::booking::Told;
use super::flow::Happened;
use super::hot::Lease;
use super::import::stub;
use super::lease::{DECIDED, ItemRow, LIVE, SEALED, WITHDRAWN};
use super::log::Entry;
use super::served::number;
use super::shelf::Shelf;
use crate::moderation::decision::{Outcome, Recorded};
use crate::moderation::{Claim, Claimed, Decision, Policy, Verdict};
use crate::store::judge::{self, escalates_to, without_exposure};
use crate::store::serving::NO_DUE;
use crate::store::{Decided, Result, StoreError};
use crate::wellbeing::Severity;
use serde_json::json;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use uuid::Uuid;

/// So many decisions at most come in one call.
const MOST: usize = 1_000;

pub(in crate::store) fn outcome(id: Uuid, outcome: Outcome) -> Recorded {
    Recorded { id, outcome, state: None, by: None, verdict: None, message: None, item: None }
}

pub(in crate::store) fn refused(id: Uuid, why: impl Into<String>) -> Recorded {
    Recorded { message: Some(why.into()), ..outcome(id, Outcome::Refused) }
}

/// What a decision is about to do, once nothing stands against it.
pub(in crate::store) struct Act<'a> {
    pub person: i64,
    pub decision: &'a Decision,
    pub row: ItemRow,
    pub policy: Option<(Severity, bool)>,
    pub reverses: Option<Uuid>,
}

impl<S: Shelf> Keeper<S> {
    pub(in crate::store) fn decide(
        &mut self,
        who: &str,
        decisions: &[Decision],
        claim: Option<&Claim>,
    ) -> Result<Decided> {
        if decisions.len() > MOST {
            return Err(StoreError::Invalid(format!("a call has {MOST} decisions at most; send them in several")));
        }
        let (person, _) = self.person(who)?;
        let mut results = Vec::with_capacity(decisions.len());
        let ids: Vec<&str> = decisions.iter().map(|decision| decision.item.as_str()).collect();
        self.shelf.expect(&ids)?;
        for decision in decisions {
            results.push(self.decide_one(person, decision)?);
        }
        self.at_call(person, true)?;
        let claimed: Option<Claimed> = claim.map(|claim| self.claim(who, claim)).transpose()?;
        Ok(Decided { results, claimed })
    }

    fn decide_one(&mut self, person: i64, decision: &Decision) -> Result<Recorded> {
        let id = decision.id;
        let row = self.by_id(&decision.item)?;
        let lease = row.as_ref().and_then(|row| self.hot.leases.get(&row.seq));
        let fresh = decision.reverses.is_none() && lease.is_some_and(|lease| lease.person == person);
        if let Some(known) = self.known(person, decision, fresh)? {
            return Ok(known);
        }
        if let Some(undone) = decision.reverses {
            return self.overturn(person, undone, decision);
        }
        let Some(row) = row else {
            return Ok(refused(id, "there is no such item; it may have been erased"));
        };
        if let Some(stands) = self.stands_against(person, decision, &row)? {
            return self.unless_known(person, decision, fresh, stands);
        }
        match self.judged(decision, &row)? {
            Ok(policy) => self.record(Act { person, decision, row, policy, reverses: None }),
            Err(why) => self.unless_known(person, decision, fresh, refused(id, why)),
        }
    }

    /// Before an id that was taken for new is turned down, it is looked for exactly: its item may have been decided
    /// with it, reversed, and leased to the same person again.
    fn unless_known(&self, person: i64, decision: &Decision, fresh: bool, otherwise: Recorded) -> Result<Recorded> {
        let known = if fresh { self.known(person, decision, false)? } else { None };
        Ok(known.unwrap_or(otherwise))
    }

    /// The same id again: success where it is the same decision.
    pub(in crate::store) fn known(&self, person: i64, decision: &Decision, fresh: bool) -> Result<Option<Recorded>> {
        let Some(seq) = self.shelf.logged(decision.id, fresh)? else { return Ok(None) };
        let entry = self.shelf.entry(seq)?;
        let same = entry.is_some_and(|entry| entry.person == Some(person) && entry.subject == decision.item);
        Ok(Some(match same {
            true => outcome(decision.id, Outcome::AlreadyRecorded),
            false => refused(decision.id, "this id belongs to another decision; mint a new one"),
        }))
    }

    /// Where an id stands in the log.
    pub(in crate::store) fn logged(&self, id: Uuid) -> Result<Option<i64>> {
        self.shelf.logged(id, false)
    }

    /// Leases, rounds and revisions: what keeps a decision from being the first of its round.
    fn stands_against(&mut self, person: i64, decision: &Decision, row: &ItemRow) -> Result<Option<Recorded>> {
        let id = decision.id;
        let conflict = |state: &str| Some(Recorded { state: Some(state.to_owned()), ..outcome(id, Outcome::Conflict) });
        match row.state {
            WITHDRAWN => return Ok(conflict("withdrawn")),
            SEALED => return Ok(conflict("sealed")),
            _ => {}
        }
        let revision = i64::from(decision.revision);
        if revision < row.revision {
            let item = self.offer(person, row)?;
            return Ok(Some(Recorded { item, ..outcome(id, Outcome::StaleRevision) }));
        }
        if revision > row.revision {
            return Ok(Some(refused(id, format!("revision {revision} is not here yet; import it first"))));
        }
        let hand = self.shelf.hand(person, row.seq)?.map(|hand| hand.round).filter(|round| *round > 0);
        let Some(round) = decision.round.map(i64::from).or(hand) else {
            return Ok(Some(outcome(id, Outcome::NotLeased)));
        };
        if round > row.round {
            return Ok(Some(refused(id, format!("round {round} has not begun; leave it out"))));
        }
        if round < row.round || row.state == DECIDED {
            return self.first_of_round(id, row, round).map(Some);
        }
        match self.hot.leases.get(&row.seq) {
            Some(lease) if lease.person != person && lease.until > self.micros => {
                let by = self.hot.people.get(&lease.person).map(|holder| holder.pseudonym.clone());
                Ok(Some(Recorded { by, state: Some("leased".into()), ..outcome(id, Outcome::Conflict) }))
            }
            Some(lease) if lease.person == person => Ok(None),
            _ if hand == Some(row.round) => Ok(None),
            _ => Ok(Some(outcome(id, Outcome::NotLeased))),
        }
    }

    /// Who was first in a round that is over, and with what.
    fn first_of_round(&self, id: Uuid, row: &ItemRow, round: i64) -> Result<Recorded> {
        let first = super::history::decisions_on(&self.shelf, row.seq, row.last)?
            .into_iter()
            .find(|past| i64::from(past.round) == round);
        Ok(match first {
            Some(past) => Recorded {
                state: Some("decided".into()),
                by: Some(past.by),
                verdict: Some(past.verdict),
                ..outcome(id, Outcome::Conflict)
            },
            None => Recorded { state: Some("new_round".into()), ..outcome(id, Outcome::Conflict) },
        })
    }

    /// The newer revision, leased to whoever decided on the older one, where nothing stands against that.
    fn offer(&mut self, person: i64, row: &ItemRow) -> Result<Option<Box<crate::moderation::Served>>> {
        let holder = self.hot.leases.get(&row.seq).map(|lease| lease.person);
        if holder == Some(person) {
            return Ok(self.serve_again(person, row.seq)?.map(Box::new));
        }
        let at = self.at(row)?;
        let may = holder.is_none()
            && row.state == LIVE
            && self.hot.rights(person)[at]
            && !self.hot.barred.contains(&(row.seq, person))
            && self.allowed(person, self.hot.buckets[at].level)?;
        if may && let Some((served, _)) = self.lease_from(person, at, row.place(), false)? {
            return Ok(Some(Box::new(served)));
        }
        // Not leased: the moderator sees what became of it, with a lease that is over.
        if self.shelf.hand(person, row.seq)?.is_none() {
            return Ok(None);
        }
        let item = self.content(row.seq)?;
        self.served(person, row, item, self.micros, None).map(|served| Some(Box::new(served)))
    }

    /// Whether the rules let this level be served now.
    pub(in crate::store) fn allowed(&mut self, person: i64, level: Severity) -> Result<bool> {
        let rules = self.rules();
        let state = self.take_day(person)?;
        let held = self.held_by(person);
        let ahead =
            held.iter().filter_map(|item| self.hot.leases.get(item)).filter(|lease| !lease.batch).map(|lease| {
                let level =
                    self.hot.bucket_at.get(&lease.bucket).map_or(Severity::NONE, |at| self.hot.buckets[*at].level);
                (level, lease.heaviest)
            });
        let force = super::booking::force(&state, &rules);
        let may = state.day.shift().is_some() && state.day.allowance(&force, &self.now, ahead).may(level);
        self.hot.days.insert(person, state);
        Ok(may)
    }

    /// Checks it against the client's policies. The answer is the level its policy sets, and whether that seals.
    pub(in crate::store) fn judged(
        &mut self,
        decision: &Decision,
        row: &ItemRow,
    ) -> Result<std::result::Result<Option<(Severity, bool)>, String>> {
        let bucket = &self.hot.buckets[self.at(row)?];
        let (queue, client) = (bucket.queue, self.hot.client_of(bucket.origin).to_owned());
        let policies = self.policies(&client);
        let Some(from) = self.hot.queues.get(&queue) else { return Ok(Err("its queue is gone".into())) };
        let exists = |name: &str| self.hot.queue_ids.contains_key(name);
        let judged = judge::check(decision, policies.as_deref(), from, exists);
        Ok(judged.map(|policy| policy.map(|policy: &Policy| (policy.severity, policy.sealed))))
    }

    /// Records it: nothing stands against it any more.
    pub(in crate::store) fn record(&mut self, act: Act<'_>) -> Result<Recorded> {
        let Act { person, decision, mut row, policy, reverses } = act;
        let (floor, seals) = policy.unwrap_or_default();
        let at = self.at(&row)?;
        let (queue, origin, before) = {
            let bucket = &self.hot.buckets[at];
            (bucket.queue, bucket.origin, bucket.level)
        };
        let level = before.max(floor).max(decision.severity.unwrap_or_default());
        let lease = self.take_out(&row)?;
        let told = Told::from(decision);
        // A row of a batch that was never on screen counts nothing.
        if decision.batch.is_none() || !told.never_shown() {
            self.book(person, &row, level, &told, lease.as_ref())?;
        }
        let kept = self.kept(person, decision, queue, origin, &row, reverses);
        self.answer_escalation(person, &row, &kept)?;
        self.settle_doubts(row.seq, person, &kept)?;
        let seq = self.log_decision(person, &row, &kept)?;
        let text = match &lease {
            Some(lease) => lease.text,
            None => super::served::text_key(&self.content(row.seq)?),
        };
        row.last = seq;
        self.count(&row, decision.verdict, decision.policy.as_deref(), text, 1)?;
        self.count_decided(queue, self.micros, 1);
        let removed = i64::from(matches!(decision.verdict, Verdict::Delete | Verdict::Restrict));
        self.happened(queue, Happened { left: 1, decided: 1, removed, came: 0 })?;
        if kept.late_s.is_some() {
            self.count_decided(queue + super::log::LATE, self.micros, 1);
        }
        self.unbar(row.seq)?;
        if seals && decision.verdict != Verdict::Approve {
            self.seal(&mut row, origin, level)?;
        } else if decision.verdict == Verdict::Escalate {
            let to = self.hot.queues.get(&queue).map_or("escalated", |from| escalates_to(decision, from)).to_owned();
            self.escalate(&mut row, &to, level)?;
            self.raise(person, decision, &row)?;
        } else {
            row.state = DECIDED;
            self.rebucket(&mut row, None, level)?;
            self.put_item(&row)?;
        }
        let mut state = self.take_day(person)?;
        state.decided += 1;
        self.put_day(person, state);
        Ok(outcome(decision.id, Outcome::Recorded))
    }

    fn kept(
        &mut self,
        person: i64,
        decision: &Decision,
        queue: i64,
        origin: i64,
        row: &ItemRow,
        reverses: Option<Uuid>,
    ) -> Decision {
        let client = self.hot.client_of(origin).to_owned();
        let mut kept = without_exposure(decision);
        kept.round = u32::try_from(row.round).ok();
        kept.queue = self.hot.queues.get(&queue).map(|queue| queue.name.clone());
        kept.moderator = self.hot.people.get(&person).map(|person| person.pseudonym.clone());
        kept.decided_at = kept.decided_at.or(Some(super::log::timestamp(self.micros)));
        kept.reverses = reverses;
        // Who escalates in time has done their part; the deadline is that of the last decision.
        let late = self.micros.saturating_sub(row.due);
        kept.late_s =
            (late > 0 && decision.verdict != Verdict::Escalate).then(|| late.unsigned_abs().div_ceil(1_000_000));
        if kept.policy_version.is_none() {
            kept.policy_version = self.policies(&client).map(|policies| policies.version.clone());
        }
        kept
    }

    fn log_decision(&mut self, person: i64, row: &ItemRow, kept: &Decision) -> Result<i64> {
        let payload = serde_json::to_vec(kept).expect("a decision is always JSON");
        let detail = json!({"id": kept.id, "verdict": kept.verdict, "policy": kept.policy, "queue": kept.queue,
            "policy_version": kept.policy_version, "measure": kept.measure, "round": row.round,
            "revision": row.revision, "reverses": kept.reverses, "batch": kept.batch, "automated": kept.automated,
            "sha256": crate::store::audit::hex(&Sha256::digest(&payload))});
        let actor = kept.moderator.clone().unwrap_or_default();
        let seq = self.audit(&Entry {
            actor: &actor,
            action: "decision.recorded",
            subject: &row.id,
            detail,
            person: Some(person),
            item: Some(row.mark()),
            payload: Some(&payload),
        })?;
        self.shelf.put_logged(kept.id, seq)?;
        Ok(seq)
    }

    /// The figures of the author and of the same words, one more or one less.
    pub(in crate::store) fn count(
        &mut self,
        row: &ItemRow,
        verdict: Verdict,
        policy: Option<&str>,
        text: Option<i64>,
        by: i64,
    ) -> Result<()> {
        if let Some(text) = text {
            self.shelf.count_alike(text, number(verdict), policy.unwrap_or_default(), by)?;
        }
        if let Some(author) = row.author
            && verdict != Verdict::Escalate
        {
            let removed = matches!(verdict, Verdict::Delete | Verdict::Restrict);
            self.shelf.count_author(author, by, if removed { by } else { 0 })?;
            if removed && by > 0 {
                self.shelf.last_removal(author, policy, self.micros)?;
            }
        }
        Ok(())
    }

    /// The next level decides: a new round in another queue, the deadline unchanged.
    fn escalate(&mut self, row: &mut ItemRow, to: &str, level: Severity) -> Result<()> {
        let (queue, _) = self.queue_named(to, "system")?;
        self.rebucket(row, Some(queue), level)?;
        (row.round, row.class, row.state) = (row.round + 1, 1, LIVE);
        if row.due == NO_DUE
            && self.shelf.paused(row.seq)?.is_none()
            && let Some(rule) = self.hot.queues.get(&queue).and_then(|queue| queue.deadline.as_ref())
        {
            row.due = rule.due(super::log::timestamp(row.received), None).as_microsecond().min(NO_DUE - 1);
        }
        self.put_item(row)?;
        self.happened(queue, Happened { came: 1, ..Happened::default() })?;
        self.wait(row)
    }

    /// Text, context, address and media leave the store in this transaction, and so do the words of earlier
    /// decisions that may quote them. Reference, hash, class and times stay.
    fn seal(&mut self, row: &mut ItemRow, origin: i64, level: Severity) -> Result<()> {
        let item = self.content(row.seq)?;
        let body = super::import::body_of(&item);
        let sum = crate::store::audit::hex(&Sha256::digest(&body));
        let stub = super::import::body_of(&stub(&item, "csam"));
        self.shelf.put_content(row.seq, stub)?;
        let pictures = super::pictures::named_by(&item);
        self.name_pictures(row.seq, &pictures, &BTreeSet::new())?;
        self.blank(row, false)?;
        let at = self.sealed_bucket(origin, level)?;
        row.bucket = self.hot.buckets[at].id;
        row.state = SEALED;
        let detail = match pictures.is_empty() {
            true => json!({"class": "csam", "sha256": sum}),
            // What was seen can be told from what turns up elsewhere, without being kept.
            false => json!({"class": "csam", "sha256": sum, "pictures": pictures}),
        };
        let mark = Some(row.mark());
        let entry =
            Entry { actor: "system", action: "item.sealed", subject: &row.id, detail, item: mark, ..Entry::default() };
        row.last = self.audit(&entry)?;
        self.put_item(row)?;
        self.erased = true;
        Ok(())
    }

    /// Takes the words that may quote an item out of its decisions, the reasons for undoing them and its alerts; the
    /// topics of insights stay where `topics` says so.
    pub(super) fn blank(&mut self, row: &ItemRow, topics: bool) -> Result<()> {
        let mut seq = row.last;
        while seq > 0 {
            let Some(entry) = self.shelf.entry(seq)?.filter(|entry| entry.item == Some(row.seq)) else { break };
            if let Some(payload) = entry.payload {
                let bare = match serde_json::from_slice::<Decision>(&payload) {
                    Ok(decision) => {
                        serde_json::to_vec(&judge::without_words(&decision, topics)).expect("a decision is always JSON")
                    }
                    Err(_) => Vec::new(),
                };
                self.shelf.put_payload(seq, &bare)?;
            }
            seq = entry.prev.unwrap_or(0);
        }
        self.blank_messages(row.seq)?;
        self.blank_alerts(row.seq)
    }

    /// Whether somebody's lease keeps it; for those who only look.
    pub(in crate::store) fn lease_of(&self, item: i64) -> Option<&Lease> {
        self.hot.leases.get(&item)
    }
}
