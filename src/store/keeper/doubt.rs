//! Asking before deciding: the item is parked, its deadline runs on, and nobody is served it meanwhile.
//!
//! A parked item is leased to who asked, for longer than a lease lasts and without being in their hands: what ends a
//! lease (a decision, a withdrawal, a new revision, the end of the shift) ends it too. It goes back to its queue, first
//! in line, when the queue warns of its deadline; what was asked and answered stays with it.

use super::Keeper;
use super::hot::Lease;
use super::kin::Kin;
use super::lease::{ItemRow, LIVE};
use super::log::{Entry, timestamp};
use super::message::{DOUBT, DoubtBody, MessageRow, read, written};
use super::shelf::Shelf;
use crate::moderation::doubt::{Advice, Answer, Answered, Settled};
use crate::moderation::{AskTo, Decision, Doubt, DoubtState, Role, Verdict};
use crate::store::serving::NO_DUE;
use crate::store::{Result, StoreError};
use serde_json::json;
use uuid::Uuid;

/// A question and an answer are a few sentences.
const LONGEST: usize = 16 << 10;
/// And a handful of answers.
const ANSWERS: usize = 50;
/// However near the deadline, there is so much time to answer.
const LEAST: i64 = 10 * 60 * 1_000_000;

fn unknown(id: Uuid) -> StoreError {
    StoreError::Unknown { what: "doubt", name: id.to_string(), hint: "`GET /v1/messages` lists them" }
}

impl<S: Shelf> Keeper<S> {
    /// Asks, and parks the item.
    pub(in crate::store) fn ask(&mut self, who: &str, doubt: &Doubt) -> Result<DoubtState> {
        let (person, _) = self.person(who)?;
        if let Some(known) = self.shelf.message(doubt.id)? {
            if known.kind != DOUBT || known.person != Some(person) {
                return Err(StoreError::Forbidden(
                    "this id belongs to somebody else's question; mint a new one".into(),
                ));
            }
            return self.doubt_state(person, &known);
        }
        if doubt.question.raw().trim().is_empty() && doubt.to != AskTo::Call {
            return Err(StoreError::Invalid("a question needs words; write it".into()));
        }
        if doubt.question.len() > LONGEST {
            return Err(StoreError::Invalid("a question has 16 KiB at most; shorten it".into()));
        }
        self.reclaim()?;
        let Ok((mut row, waits)) = self.to_hand_back(person, &doubt.sight.item)? else {
            return Err(StoreError::Invalid("the item is not in your hands any more; nothing was asked".into()));
        };
        let lease = self.hot.leases.get(&row.seq).cloned();
        self.book_sight(person, &row, &doubt.sight, lease.as_ref())?;
        if waits {
            let at = self.at(&row)?;
            self.unwait(at, row.place())?;
        } else {
            self.drop_lease(row.seq)?;
        }
        self.park(person, &row, lease)?;
        let item = self.content(row.seq)?;
        let bucket = &self.hot.buckets[self.at(&row)?];
        let queue = self.hot.queues.get(&bucket.queue).map_or_else(String::new, |queue| queue.name.clone());
        let body = DoubtBody {
            to: doubt.to,
            question: doubt.question.clone(),
            by: who.to_owned(),
            item: row.id.clone(),
            revision: u32::try_from(row.revision).unwrap_or(u32::MAX),
            queue,
            client: self.hot.client_of(bucket.origin).to_owned(),
            lang: bucket.lang.to_string(),
            severity: bucket.level,
            due: row.due,
            answers: Vec::new(),
            settled: None,
            kin: Kin { item: row.seq, ..Kin::of(&item) }.alone(),
        };
        let message = MessageRow {
            id: doubt.id,
            kind: DOUBT,
            at: self.micros,
            person: Some(person),
            client: Some(body.client.clone()),
            item: Some(row.seq),
            open: true,
            kept: false,
            body: written(&body),
        };
        self.shelf.put_message(&message)?;
        self.hot.doubted.insert(row.seq);
        self.log_doubt(&mut row, person, "doubt.asked", json!({"id": doubt.id, "to": doubt.to.code()}))?;
        if doubt.to == AskTo::Colleague {
            // Supervisors hear of every question; colleagues of those that they may be able to answer.
            self.hint("notice", None, "", &json!({"doubt": doubt.id, "client": body.client}))?;
        }
        self.at_call(person, true)?;
        self.doubt_state(person, &message)
    }

    /// Keeps the item from everybody until its queue warns, or else for as long as a shift.
    fn park(&mut self, person: i64, row: &ItemRow, lease: Option<Lease>) -> Result<()> {
        let lease = match lease {
            Some(lease) => lease,
            None => {
                let item = self.content(row.seq)?;
                self.new_lease(person, row, &item)
            }
        };
        let longest = i64::try_from(self.options.shift.as_micros()).unwrap_or(i64::MAX / 4);
        let mut until = self.micros.saturating_add(longest);
        if row.due != NO_DUE {
            let queue = self.hot.buckets[self.at(row)?].queue;
            let warn = self.hot.queues.get(&queue).map_or(0, |queue| queue.warn_at_s);
            let warn = i64::try_from(warn).unwrap_or(0).saturating_mul(1_000_000);
            until = until.min(row.due.saturating_sub(warn).max(self.micros + LEAST));
        }
        self.put_lease(Lease { until, parked: true, batch: false, ..lease })
    }

    /// Whether somebody may take up what is parked: who asked, whoever is asked, and supervisors.
    pub(in crate::store) fn may_take_up(&self, person: i64, lease: &Lease) -> Result<bool> {
        let supervisor = self.hot.people.get(&person).is_some_and(|person| person.may(Role::Supervisor));
        if lease.person == person || supervisor {
            return Ok(true);
        }
        for row in self.shelf.messages_on(lease.item)? {
            if row.kind == DOUBT && row.open && read::<DoubtBody>(&row)?.to == AskTo::Colleague {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Answers a doubt: a supervisor any, who asked their own, a colleague what is put to colleagues and could be theirs.
    pub(in crate::store) fn answer(&mut self, who: &str, id: Uuid, answer: &Answer) -> Result<DoubtState> {
        let (person, asked) = self.person(who)?;
        let Some(mut row) = self.shelf.message(id)?.filter(|row| row.kind == DOUBT) else { return Err(unknown(id)) };
        let mut body: DoubtBody = read(&row)?;
        let own = row.person == Some(person);
        if !(own || body.asks(asked)) {
            return Err(StoreError::Forbidden("this question was not put to you; a supervisor answers it".into()));
        }
        if body.answers.iter().any(|known| known.id == answer.id) {
            return self.doubt_state(person, &row);
        }
        if answer.text.raw().trim().is_empty() && body.to != AskTo::Call {
            return Err(StoreError::Invalid("an answer needs words; write it".into()));
        }
        if answer.text.len() > LONGEST || body.answers.len() >= ANSWERS {
            return Err(StoreError::Invalid("an answer has 16 KiB at most, a question 50 of them; shorten it".into()));
        }
        if let Some(advice) = &answer.advice {
            self.check_advice(&body.client, advice)?;
        }
        let (by, at) = (who.to_owned(), timestamp(self.micros));
        body.answers.push(Answered { id: answer.id, by, at, text: answer.text.clone(), advice: answer.advice.clone() });
        row.body = written(&body);
        self.shelf.put_message(&row)?;
        if let Some(mut item) = row.item.map(|item| self.by_seq(item)).transpose()? {
            self.log_doubt(&mut item, person, "doubt.answered", json!({"id": id}))?;
        }
        if !own {
            self.hint("notice", row.person, "", &json!({"doubt": id}))?;
        }
        self.doubt_state(person, &row)
    }

    /// Advice names only what could be decided: a measure with `restrict`, a policy that the client has.
    fn check_advice(&mut self, client: &str, advice: &Advice) -> Result<()> {
        if advice.measure.is_some() != (advice.verdict == Verdict::Restrict) {
            return Err(StoreError::Invalid("a measure goes with restrict, and only there; put it right".into()));
        }
        let Some(code) = &advice.policy else { return Ok(()) };
        match self.policies(client).is_none_or(|policies| policies.get(code).is_some()) {
            true => Ok(()),
            false => Err(StoreError::Invalid(format!("there is no policy {code}; `moddesk policy show` lists them"))),
        }
    }

    /// Keeps a doubt that was answered as a precedent, or no longer: who asked, and supervisors.
    pub(in crate::store) fn keep_precedent(&mut self, who: &str, id: Uuid, keep: bool) -> Result<DoubtState> {
        let (person, asked) = self.person(who)?;
        let supervisor = asked.may(Role::Supervisor);
        let Some(mut row) = self.shelf.message(id)?.filter(|row| row.kind == DOUBT) else { return Err(unknown(id)) };
        if !supervisor && row.person != Some(person) {
            return Err(StoreError::Forbidden("who asked keeps a precedent, or a supervisor".into()));
        }
        let body: DoubtBody = read(&row)?;
        if keep && (body.answers.is_empty() || body.kin.is_empty()) {
            return Err(StoreError::Invalid("nobody has answered yet; a precedent needs an answer".into()));
        }
        if row.kept != keep {
            row.kept = keep;
            self.shelf.put_message(&row)?;
            let actor = self.actor(who);
            let action = if keep { "precedent.kept" } else { "precedent.dropped" };
            let (subject, detail) = (body.client.as_str(), json!({"id": id}));
            self.audit(&Entry { actor: &actor, action, subject, detail, ..Entry::default() })?;
        }
        self.doubt_state(person, &row)
    }

    /// The item is decided, and with it every doubt about it; who asked hears it where somebody else decided.
    pub(in crate::store) fn settle_doubts(&mut self, item: i64, person: i64, decision: &Decision) -> Result<()> {
        if !self.hot.doubted.remove(&item) {
            return Ok(());
        }
        let by = self.hot.people.get(&person).map(|person| person.pseudonym.clone()).unwrap_or_default();
        for mut row in self.shelf.messages_on(item)? {
            if row.kind != DOUBT || !row.open {
                continue;
            }
            let mut body: DoubtBody = read(&row)?;
            let at = timestamp(self.micros);
            let policy = decision.policy.clone();
            body.settled = Some(Settled { verdict: decision.verdict, policy, by: by.clone(), at });
            (row.open, row.body) = (false, written(&body));
            self.shelf.put_message(&row)?;
            match row.person {
                Some(asker) if asker != person => self.hint("notice", Some(asker), "", &json!({"doubt": row.id}))?,
                // What one has decided oneself is no news.
                _ => self.shelf.put_read(row.id, person, self.micros)?,
            }
        }
        Ok(())
    }

    /// The item is gone: nobody has to answer any more.
    pub(in crate::store) fn close_doubts(&mut self, item: i64) -> Result<()> {
        if self.hot.doubted.remove(&item) {
            for row in self.shelf.messages_on(item)?.into_iter().filter(|row| row.open) {
                self.shelf.put_message(&MessageRow { open: false, ..row })?;
            }
        }
        Ok(())
    }

    fn log_doubt(&mut self, row: &mut ItemRow, person: i64, action: &str, detail: serde_json::Value) -> Result<()> {
        let actor = self.hot.people.get(&person).map(|person| person.pseudonym.clone()).unwrap_or_default();
        let (mark, subject) = (Some(row.mark()), row.id.clone());
        let entry =
            Entry { actor: &actor, action, subject: &subject, detail, person: Some(person), item: mark, payload: None };
        row.last = self.audit(&entry)?;
        self.put_item(row)
    }

    fn doubt_state(&self, me: i64, row: &MessageRow) -> Result<DoubtState> {
        let parked = row.item.and_then(|item| self.hot.leases.get(&item)).filter(|lease| lease.parked);
        let read_at = self.shelf.read_at(row.id, me)?;
        Ok(read::<DoubtBody>(row)?.shown(row, me, parked.map(|lease| lease.until), read_at))
    }

    /// Whether somebody asked about an item that lives; used by those who only look.
    pub(in crate::store) fn is_parked(&self, row: &ItemRow) -> bool {
        row.state == LIVE && self.hot.leases.get(&row.seq).is_some_and(|lease| lease.parked)
    }
}
