//! Leaving an item undecided: renewed, handed back, passed, or only looked at.

use super::Keeper;
use super::booking::Told;
use super::lease::{DECIDED, ItemRow, LIVE, SEALED, WITHDRAWN};
use super::log::{Entry, timestamp};
use super::settings::unknown_queue;
use super::shelf::Shelf;
use crate::moderation::claim::LostLease;
use crate::moderation::pass::PassReason;
use crate::moderation::{Exposure, Pass, Refusal, Sight};
use crate::store::{Renewed, Result, StoreError};
use crate::wellbeing::Gate;
use serde_json::json;

impl<S: Shelf> Keeper<S> {
    pub(in crate::store) fn renew(&mut self, who: &str, desk: Option<&str>, items: &[String]) -> Result<Renewed> {
        let (person, _) = self.person(who)?;
        self.reclaim()?;
        let mut state = self.take_day(person)?;
        if let (Some(asks), Some(open)) = (desk, &state.desk)
            && asks != open
        {
            let open = open.clone();
            self.hot.days.insert(person, state);
            return Err(StoreError::TakenOver(open));
        }
        let rules = self.rules();
        let force = super::booking::force(&state, &rules);
        let sum = state.day.alive(&force, &self.now);
        let was = state.day.running().is_some();
        let gate = state.day.at_call(&force, &self.now, !items.is_empty());
        self.put_day(person, state);
        self.keep_sum(person, sum)?;
        let mut renewed = Renewed { renewed: Vec::new(), lost: Vec::new(), break_due: None };
        if let Gate::Break(running) = &gate {
            if !was {
                self.cut_leases(person, super::shift::BACK_WITHIN)?;
            }
            renewed.break_due = Some(super::claim::break_due(running, &self.now));
            return Ok(renewed);
        }
        for id in items {
            match self.held(person, id)? {
                Ok(row) if self.is_parked(&row) => {
                    renewed.lost.push(Refusal { item: row.id, why: LostLease::NotLeased });
                }
                Ok(row) => {
                    let queue = self.hot.buckets[self.at(&row)?].queue;
                    let mut until = self.lease_until(queue);
                    if let Gate::Finish(due) = &gate {
                        until = until.min(due.until().wall.as_microsecond().max(self.micros));
                    }
                    self.prolong(row.seq, until)?;
                    renewed.renewed.push((id.clone(), timestamp(until)));
                }
                Err(why) => renewed.lost.push(Refusal { item: id.clone(), why }),
            }
        }
        Ok(renewed)
    }

    /// An item leased to this person, or how that lease was lost.
    fn held(&self, person: i64, id: &str) -> Result<std::result::Result<ItemRow, LostLease>> {
        let Some(row) = self.by_id(id)? else { return Ok(Err(LostLease::NotLeased)) };
        if let Some(lease) = self.hot.leases.get(&row.seq) {
            return Ok(if lease.person == person { Ok(row) } else { Err(LostLease::Leased) });
        }
        let hand = self.shelf.hand(person, row.seq)?.map(|hand| (hand.round, hand.revision));
        Ok(Err(match (row.state, hand) {
            (_, None) => LostLease::NotLeased,
            (WITHDRAWN, _) => LostLease::Withdrawn,
            (SEALED, _) => LostLease::Sealed,
            (_, Some((_, revision))) if revision < row.revision => LostLease::NewRevision,
            (DECIDED, _) => LostLease::Decided,
            (_, Some((0, _))) => LostLease::NotLeased,
            (_, Some((round, _))) if round < row.round => LostLease::Decided,
            _ => LostLease::Expired,
        }))
    }

    pub(in crate::store) fn release(&mut self, who: &str, items: &[Sight]) -> Result<Vec<Refusal>> {
        let (person, _) = self.person(who)?;
        let mut refusals = Vec::new();
        for sight in items {
            match self.held(person, &sight.item)? {
                Ok(row) => {
                    let lease = self.drop_lease(row.seq)?;
                    self.book_sight(person, &row, sight, lease.as_ref())?;
                    self.wait(&row)?;
                }
                Err(why) => {
                    self.book_late(person, sight)?;
                    refusals.push(Refusal { item: sight.item.clone(), why });
                }
            }
        }
        self.at_call(person, true)?;
        Ok(refusals)
    }

    pub(in crate::store) fn pass(&mut self, who: &str, passes: &[Pass]) -> Result<Vec<Refusal>> {
        let (person, _) = self.person(who)?;
        let mut refusals = Vec::new();
        for pass in passes {
            match self.to_hand_back(person, &pass.sight.item)? {
                Ok((mut row, waits)) => {
                    let lease = self.drop_lease(row.seq)?;
                    self.book_sight(person, &row, &pass.sight, lease.as_ref())?;
                    self.log_pass(person, &mut row, pass.reason)?;
                    self.bar(row.seq, person, "passed")?;
                    self.shelf.forget_round(person, row.seq)?;
                    if !waits {
                        self.wait(&row)?;
                    }
                    if pass.reason == PassReason::ConflictOfInterest
                        && let Some(author) = row.author
                    {
                        self.shut_author(person, author)?;
                    }
                }
                Err(why) => {
                    self.book_late(person, &pass.sight)?;
                    refusals.push(Refusal { item: pass.sight.item.clone(), why });
                }
            }
        }
        self.at_call(person, true)?;
        Ok(refusals)
    }

    /// What somebody may pass: what is leased to them, and what waits again since that lease ran out, or it would
    /// come back to whoever has just said that it must not. Says whether it waits.
    pub(super) fn to_hand_back(
        &self,
        person: i64,
        id: &str,
    ) -> Result<std::result::Result<(ItemRow, bool), LostLease>> {
        Ok(match self.held(person, id)? {
            Ok(row) => Ok((row, false)),
            Err(LostLease::Expired) => self.by_id(id)?.map(|row| (row, true)).ok_or(LostLease::Expired),
            Err(why) => Err(why),
        })
    }

    /// An author's items and history are shut to a person, and what they hold of that author goes back.
    fn shut_author(&mut self, person: i64, author: i64) -> Result<()> {
        self.shelf.shut(person, author)?;
        self.hot.shut.insert((person, author));
        for item in self.kept_for(person) {
            let row = self.by_seq(item)?;
            if row.author == Some(author)
                && let Some(lease) = self.drop_lease(item)?
            {
                self.wait(&row)?;
                self.book_lapsed(&row, &lease)?;
                self.lost(&lease, "moved")?;
            }
        }
        Ok(())
    }

    /// `not_for_me` is never listed by person: the log has neither name nor pseudonym for it.
    fn log_pass(&mut self, person: i64, row: &mut ItemRow, reason: PassReason) -> Result<()> {
        let named = reason != PassReason::NotForMe;
        let actor = match self.hot.people.get(&person) {
            Some(person) if named => person.pseudonym.clone(),
            _ => "moderator".to_owned(),
        };
        let detail = json!({"reason": reason.code(), "round": row.round});
        let entry = Entry {
            actor: &actor,
            action: "item.passed",
            subject: &row.id,
            detail,
            person: named.then_some(person),
            item: Some(row.mark()),
            payload: None,
        };
        row.last = self.audit(&entry)?;
        self.put_item(row)
    }

    pub(in crate::store) fn expose(&mut self, who: &str, exposures: &[Exposure]) -> Result<()> {
        let (person, _) = self.person(who)?;
        for sight in exposures {
            self.book_late(person, sight)?;
        }
        self.at_call(person, true)?;
        Ok(())
    }

    /// Books a sight of an item that was in this person's hands at some time, leased or not.
    fn book_late(&mut self, person: i64, sight: &Sight) -> Result<()> {
        let Some(row) = self.by_id(&sight.item)? else { return Ok(()) };
        if self.shelf.hand(person, row.seq)?.is_none() {
            return Ok(());
        }
        let lease = self.hot.leases.get(&row.seq).filter(|lease| lease.person == person).cloned();
        self.book_sight(person, &row, sight, lease.as_ref())
    }

    pub(super) fn book_sight(
        &mut self,
        person: i64,
        row: &ItemRow,
        sight: &Sight,
        lease: Option<&super::hot::Lease>,
    ) -> Result<()> {
        let told = Told::from(sight);
        if told.never_shown() {
            return Ok(());
        }
        let level = self.hot.buckets[self.at(row)?].level;
        // What was looked at is the revision that was told, also where a newer one has come since.
        let looked = ItemRow { revision: i64::from(sight.revision).min(row.revision), ..row.clone() };
        self.book(person, &looked, level, &told, lease)
    }

    pub(in crate::store) fn release_queue(&mut self, queue: &str, passed: bool, by: &str) -> Result<u64> {
        let Some(id) = self.hot.queue_ids.get(queue).copied() else { return Err(unknown_queue(queue)) };
        let moved = if passed { self.give_back_passed(id)? } else { self.give_back_escalated(id)? };
        let actor = self.actor(by);
        let detail = json!({"what": if passed { "passed" } else { "escalated" }, "items": moved});
        let entry = Entry { actor: &actor, action: "queue.released", subject: queue, detail, ..Entry::default() };
        self.audit(&entry)?;
        Ok(moved)
    }

    fn give_back_passed(&mut self, queue: i64) -> Result<u64> {
        let items = self.shelf.passed_in(queue)?;
        for item in &items {
            self.shelf.unbar_passed(*item)?;
        }
        // Whoever had looked past them looks again.
        self.hot.cursors.clear();
        self.hot.bar_all(self.shelf.barred()?);
        Ok(items.len() as u64)
    }

    fn give_back_escalated(&mut self, queue: i64) -> Result<u64> {
        let items = self.shelf.escalated_in(queue)?;
        for item in &items {
            let mut row = self.by_seq(*item)?;
            debug_assert_eq!(row.state, LIVE);
            let at = self.at(&row)?;
            let origin = self.hot.buckets[at].origin;
            self.unwait(at, row.place())?;
            self.rebucket(&mut row, Some(origin), Default::default())?;
            let mark = Some(row.mark());
            let (action, actor) = ("item.moved", "system");
            let entry = Entry { actor, action, subject: &row.id, item: mark, detail: json!({}), ..Entry::default() };
            row.last = self.audit(&entry)?;
            self.put_item(&row)?;
            self.wait(&row)?;
        }
        Ok(items.len() as u64)
    }
}
