//! The claim: who may take what, in which order, and the breaks that come first.

use super::Keeper;
use super::booking::force;
use super::hot::{Cursor, Lane};
use super::lease::LIVE;
use super::shelf::Shelf;
use crate::moderation::claim::{BreakDue, Why};
use crate::moderation::{Claim, Claimed, Served};
use crate::store::serving::{Head, Place, next};
use crate::store::{Result, StoreError};
use crate::wellbeing::{Allowance, Gate, Running, Severity};
use serde_json::json;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// More at once helps nobody, and what one person holds is kept from all others.
const MOST: u32 = 1_000;

/// So many items at most are read and found to be kept from whoever asks, in one claim; the next goes on behind them.
const LOOKED_PAST: u32 = 5_000;

/// Which buckets a claim looks at.
struct Scope {
    /// Asked for, and the moderator's by right.
    mine: Vec<usize>,
    /// Waiting in the queues asked for, whoever may take it.
    waiting: i64,
    /// Some of it stands in queues that are paused.
    paused: bool,
    /// Some of it is not the moderator's by right.
    others: bool,
}

pub(in crate::store) fn break_due(running: &Running, now: &crate::wellbeing::Moment) -> BreakDue {
    BreakDue {
        until: running.until(now).unwrap_or(now.wall),
        rule: running.rule.code().to_owned(),
        required_s: running.required.as_secs(),
    }
}

impl<S: Shelf> Keeper<S> {
    pub(in crate::store) fn claim(&mut self, who: &str, claim: &Claim) -> Result<Claimed> {
        let (person, _) = self.person(who)?;
        for queue in &claim.queues {
            self.queue_named(queue, who)?;
        }
        self.reclaim()?;
        if let Some(other) = self.enter(person, claim)? {
            return Ok(Claimed::TakenOver { desk_taken_over: other });
        }
        if let Some(break_due) = self.gate(person, claim)? {
            return Ok(Claimed::BreakDue { break_due });
        }
        if let Some(items) = &claim.items {
            let items = items.clone();
            return self.claim_these(person, &items);
        }
        self.serve(person, claim)
    }

    /// Whether the desk that asks is still the open one; a fresh desk takes over. Answers the one that has.
    fn enter(&mut self, person: i64, claim: &Claim) -> Result<Option<String>> {
        let mut state = self.take_day(person)?;
        let mut fresh = false;
        let mut other = None;
        let before = state.desk.clone();
        match (&claim.desk, &claim.have) {
            (None, _) => {}
            (Some(desk), None) => {
                fresh = state.desk.as_ref() != Some(desk);
                state.desk = Some(desk.clone());
            }
            (Some(desk), Some(_)) => match &state.desk {
                Some(open) if open != desk => other = Some(open.clone()),
                Some(_) => {}
                None => state.desk = Some(desk.clone()),
            },
        }
        let (mut sum, mut begins) = (None, false);
        if other.is_none() {
            let rules = self.rules();
            let force = force(&state, &rules);
            sum = if fresh { state.day.returned(&force, &self.now) } else { state.day.alive(&force, &self.now) };
            if state.day.shift().is_none() {
                state.day.begin_shift(&force, &self.now, self.options.shift);
                state.decided = 0;
                begins = true;
            }
        }
        self.put_day(person, state);
        self.keep_sum(person, sum)?;
        if begins {
            self.greet(person)?;
        }
        if fresh && before.is_some() {
            // The desk that was open until now may be far away and hears of it by this alone.
            self.hint("shift", Some(person), "", &json!({"taken_over": true}))?;
        }
        Ok(other)
    }

    /// A claim is the Enter that ends a break that is over; one that is due begins, unless it may wait for the item
    /// on screen.
    fn gate(&mut self, person: i64, claim: &Claim) -> Result<Option<BreakDue>> {
        let rules = self.rules();
        let on_screen = claim.have.as_ref().is_some_and(|have| !have.is_empty());
        let mut state = self.take_day(person)?;
        let force = force(&state, &rules);
        let was = state.day.running().is_some();
        let gate = state.day.at_claim(&force, &self.now, on_screen);
        self.put_day(person, state);
        match gate {
            Gate::Open(ended) => {
                self.keep_record(person, ended)?;
                Ok(None)
            }
            Gate::Finish(due) => {
                let until = self.now.later(due.required).wall;
                Ok(Some(BreakDue { until, rule: due.rule.code().into(), required_s: due.required.as_secs() }))
            }
            Gate::Break(running) => {
                if !was {
                    self.cut_leases(person, super::shift::BACK_WITHIN)?;
                }
                Ok(Some(break_due(&running, &self.now)))
            }
        }
    }

    /// What a desk says that it has is never in the answer, also where it waits again: its lease ran out while the
    /// decision on it is held, or the decision that came with the claim began a new round.
    fn serve(&mut self, person: i64, claim: &Claim) -> Result<Claimed> {
        let kept = self.keep_from(person, claim.have.as_deref().unwrap_or_default())?;
        let claimed = self.serve_others(person, claim);
        if let Some((items, stranger)) = kept {
            for item in items {
                self.hot.barred.remove(&(item, person));
            }
            if stranger {
                self.hot.barred_people.remove(&person);
            }
            self.hot.cursors.retain(|(who, ..), _| *who != person);
        }
        claimed
    }

    /// Keeps waiting items from a person for as long as one claim lasts. Answers which, and whether nothing was kept
    /// from them before; nothing at all where a desk has what it holds, as it nearly always does.
    fn keep_from(&mut self, person: i64, have: &[String]) -> Result<Option<(Vec<i64>, bool)>> {
        let held: Vec<i64> = self.held_by(person);
        let held: HashSet<&str> = held.iter().map(|item| self.hot.leases[item].id.as_str()).collect();
        let strange: Vec<&String> = have.iter().filter(|id| !held.contains(id.as_str())).collect();
        let mut kept = Vec::new();
        for id in strange {
            let waits = self.by_id(id)?.filter(|row| row.state == LIVE && !self.hot.leases.contains_key(&row.seq));
            kept.extend(waits.map(|row| row.seq).filter(|item| self.hot.barred.insert((*item, person))));
        }
        if kept.is_empty() {
            return Ok(None);
        }
        self.hot.cursors.retain(|(who, ..), _| *who != person);
        let stranger = self.hot.barred_people.insert(person);
        Ok(Some((kept, stranger)))
    }

    fn serve_others(&mut self, person: i64, claim: &Claim) -> Result<Claimed> {
        let max = claim.max.min(MOST) as usize;
        let have = claim.have.as_deref().unwrap_or_default();
        let scope = self.scope(person, claim);
        let mut waiting = scope.waiting;
        let mut items = Vec::new();
        let (mut on_screen, mut again) = (Vec::new(), Vec::new());
        let places: HashMap<&str, usize> = have.iter().enumerate().map(|(at, id)| (id.as_str(), at)).collect();
        for item in self.held_by(person) {
            let lease = &self.hot.leases[&item];
            let at = places.get(lease.id.as_str()).copied();
            if lease.batch && at.is_some() {
                // Most rows of a batch are never on screen; those that were count when they are booked.
                continue;
            }
            let level = self.hot.bucket_at.get(&lease.bucket).map_or(Severity::NONE, |at| self.hot.buckets[*at].level);
            let ahead = (level, lease.heaviest);
            match at {
                Some(at) => on_screen.push((at, ahead)),
                None => again.push((item, ahead)),
            }
        }
        on_screen.sort_by_key(|(at, _)| *at);
        let ahead: Vec<_> = on_screen.iter().map(|(_, a)| *a).chain(again.iter().map(|(_, a)| *a)).collect();
        let ids: Vec<String> = again.iter().take(max).map(|(item, _)| self.hot.leases[item].id.clone()).collect();
        self.shelf.expect_served(&ids.iter().map(String::as_str).collect::<Vec<_>>())?;
        for (item, _) in again.iter().take(max) {
            items.extend(self.serve_again(person, *item)?);
        }
        let rules = self.rules();
        let state = self.take_day(person)?;
        let mut allowance = state.day.allowance(&force(&state, &rules), &self.now, ahead.iter().copied());
        let mut last = ahead.last().map_or(Severity::new(state.last).unwrap_or_default(), |(level, _)| *level);
        let mut run = state.run.clone();
        self.hot.days.insert(person, state);
        let mut held_back = false;
        while items.len() < max {
            let Some(served) = self.take_next(person, &scope, &mut allowance, &mut run, &mut last, &mut held_back)?
            else {
                break;
            };
            waiting -= 1;
            // What the desk says it holds, and whose lease had run out, is its again: it is no answer to this claim.
            if !have.contains(&served.item.id) {
                items.push(served);
            }
        }
        let empty = items.is_empty();
        if empty && max > 0 && ahead.is_empty() && held_back && allowance.owes_mild() {
            let mut state = self.take_day(person)?;
            let force = force(&state, &rules);
            let paused = state.day.nothing_mild(&force, &self.now);
            self.put_day(person, state);
            return match paused {
                Some(running) => Ok(Claimed::BreakDue { break_due: break_due(&running, &self.now) }),
                None => self.serve_others(person, claim),
            };
        }
        if !empty {
            let mut state = self.take_day(person)?;
            (state.run, state.last) = (run, last.level());
            self.put_day(person, state);
        }
        let why = empty.then(|| self.why(&scope, held_back, ahead.is_empty()));
        Ok(Claimed::Items { items, waiting: u64::try_from(waiting).unwrap_or(0), why })
    }

    fn scope(&mut self, person: i64, claim: &Claim) -> Scope {
        let rights = self.hot.rights(person);
        let mut scope = Scope { mine: Vec::new(), waiting: 0, paused: false, others: false };
        let asked: Vec<i64> = claim.queues.iter().filter_map(|name| self.hot.queue_ids.get(name).copied()).collect();
        for (at, bucket) in self.hot.buckets.iter().enumerate() {
            if bucket.waiting <= 0 || !(asked.is_empty() || asked.contains(&bucket.queue)) {
                continue;
            }
            let Some(queue) = self.hot.queues.get(&bucket.queue) else { continue };
            if asked.is_empty() && !self.mine(person, &queue.name) {
                continue;
            }
            scope.waiting += bucket.waiting;
            if !rights[at] {
                scope.others = true;
            } else if queue.paused {
                scope.paused = true;
            } else {
                scope.mine.push(at);
            }
        }
        scope
    }

    fn mine(&self, person: i64, queue: &str) -> bool {
        let who = self.hot.people.get(&person);
        who.is_some_and(|who| who.queues.is_empty() || who.queues.iter().any(|name| name == queue))
    }

    /// The next item in order that the moderator may take and the rules allow now, leased.
    fn take_next(
        &mut self,
        person: i64,
        scope: &Scope,
        allowance: &mut Allowance,
        run: &mut crate::store::serving::ClientRun,
        last: &mut Severity,
        held_back: &mut bool,
    ) -> Result<Option<Served>> {
        let mut kept_from = 0;
        loop {
            let ceiling = allowance.ceiling();
            for at in &scope.mine {
                self.look_up(person, *at)?;
            }
            let mut heads = Vec::with_capacity(scope.mine.len());
            for at in &scope.mine {
                let (first, soonest) = self.heads_of(person, *at);
                let bucket = &self.hot.buckets[*at];
                let warn = self.hot.queues.get(&bucket.queue).map_or(0, |queue| queue.warn_at_s);
                let warn = i64::try_from(warn).unwrap_or(i64::MAX).saturating_mul(1_000_000);
                let urgent = soonest.filter(|place| place.due.saturating_sub(warn) <= self.micros);
                if first.is_none() {
                    continue;
                }
                if ceiling.is_none_or(|most| bucket.level > most) {
                    *held_back = true;
                    continue;
                }
                let client = self.hot.client_of(bucket.origin);
                heads.push(Head { bucket: *at, level: bucket.level, client, first, urgent });
            }
            let Some((at, place)) = next(&heads, run, *last, self.micros) else { return Ok(None) };
            let Some((served, heaviest)) = self.lease_from(person, at, place, false)? else {
                kept_from += 1;
                if kept_from == LOOKED_PAST {
                    return Ok(None);
                }
                continue;
            };
            let level = self.hot.buckets[at].level;
            allowance.take(level, heaviest);
            *last = level;
            run.served(&served.client, self.micros);
            return Ok(Some(served));
        }
    }

    /// Looks up the heads of a bucket for a person, as far as they are not known.
    fn look_up(&mut self, person: i64, at: usize) -> Result<()> {
        for lane in [Lane::Order, Lane::Due] {
            let bucket = &self.hot.buckets[at];
            let known = match lane {
                Lane::Order => bucket.first,
                Lane::Due => bucket.soonest,
            };
            let head = match known {
                Some(head) => head,
                None => {
                    let head = self.first_of(bucket.id, lane, None)?;
                    let bucket = &mut self.hot.buckets[at];
                    match lane {
                        Lane::Order => bucket.first = Some(head),
                        Lane::Due => bucket.soonest = Some(head),
                    }
                    head
                }
            };
            if self.hot.barred_people.contains(&person) {
                self.look_past(person, at, lane, head)?;
            }
        }
        Ok(())
    }

    /// For somebody from whom single items are kept: walks past those, once, and remembers how far.
    fn look_past(&mut self, person: i64, at: usize, lane: Lane, head: Option<Place>) -> Result<()> {
        let bucket = self.hot.buckets[at].id;
        let mut cursor = self.hot.cursors.get(&(person, at, lane)).copied();
        let mut here = match cursor {
            Some(Cursor { head: Some(head), .. }) => head,
            Some(Cursor { after, head: None }) => self.first_of(bucket, lane, Some(after))?,
            None => head,
        };
        while let Some(place) = here.filter(|place| self.hot.barred.contains(&(place.item, person))) {
            here = self.first_of(bucket, lane, Some(place))?;
            cursor = Some(Cursor { after: place, head: None });
        }
        if let Some(mut cursor) = cursor {
            cursor.head = Some(here);
            self.hot.cursors.insert((person, at, lane), cursor);
        }
        Ok(())
    }

    fn heads_of(&self, person: i64, at: usize) -> (Option<Place>, Option<Place>) {
        let bucket = &self.hot.buckets[at];
        let head = |lane, shared: Option<Option<Place>>| match self.hot.cursors.get(&(person, at, lane)) {
            Some(cursor) => cursor.head.flatten(),
            None => shared.flatten(),
        };
        (head(Lane::Order, bucket.first), head(Lane::Due, bucket.soonest))
    }

    fn first_of(&self, bucket: i64, lane: Lane, after: Option<Place>) -> Result<Option<Place>> {
        self.shelf.first_of(bucket, lane, after)
    }

    /// These items and no others, in this order, as far as they wait, are the moderator's by right and allowed now.
    fn claim_these(&mut self, person: i64, ids: &[String]) -> Result<Claimed> {
        if ids.len() > MOST as usize {
            return Err(StoreError::Invalid(format!("a batch has {MOST} items at most; ask for fewer")));
        }
        let wanted: Vec<&str> = ids.iter().map(String::as_str).collect();
        self.shelf.expect_served(&wanted)?;
        let rules = self.rules();
        let state = self.take_day(person)?;
        let held = self.held_by(person);
        let ahead =
            held.iter().filter_map(|item| self.hot.leases.get(item)).filter(|lease| !lease.batch).map(|lease| {
                let level =
                    self.hot.bucket_at.get(&lease.bucket).map_or(Severity::NONE, |at| self.hot.buckets[*at].level);
                (level, lease.heaviest)
            });
        let mut allowance = state.day.allowance(&force(&state, &rules), &self.now, ahead);
        self.hot.days.insert(person, state);
        let rights: Arc<[bool]> = self.hot.rights(person);
        let (mut items, mut not_yet, mut not_mine, mut leased) = (Vec::new(), false, false, false);
        for id in ids {
            let Some(row) = self.by_id(id)?.filter(|row| row.state == LIVE) else { continue };
            let lease = self.hot.leases.get(&row.seq).cloned();
            let parked = match &lease {
                Some(lease) if lease.parked => self.may_take_up(person, lease)?,
                _ => false,
            };
            match lease.map(|lease| lease.person) {
                _ if parked => {}
                Some(holder) if holder == person => {
                    items.extend(self.serve_again(person, row.seq)?);
                    continue;
                }
                Some(_) => {
                    leased = true;
                    continue;
                }
                None => {}
            }
            let at = self.at(&row)?;
            let bucket = &self.hot.buckets[at];
            let paused = self.hot.queues.get(&bucket.queue).is_some_and(|queue| queue.paused);
            if !rights[at] || paused || self.hot.barred.contains(&(row.seq, person)) {
                not_mine = true;
            } else if !allowance.may(bucket.level) {
                not_yet = true;
            } else {
                if parked {
                    self.drop_lease(row.seq)?;
                    self.wait(&row)?;
                }
                let Some((served, heaviest)) = self.lease_from(person, at, row.place(), ids.len() > 1)? else {
                    continue;
                };
                allowance.take(self.hot.buckets[at].level, heaviest);
                items.push(served);
            }
        }
        let why = items.is_empty().then_some(match (not_yet, not_mine, leased) {
            (true, ..) => Why::Wellbeing,
            (_, true, _) => Why::NotForYou,
            (_, _, true) => Why::Leased,
            _ => Why::Empty,
        });
        let waiting = self.scope(person, &Claim::default()).waiting;
        Ok(Claimed::Items { items, waiting: u64::try_from(waiting).unwrap_or(0), why })
    }

    fn why(&self, scope: &Scope, held_back: bool, nothing_ahead: bool) -> Why {
        if held_back {
            Why::Wellbeing
        } else if !scope.mine.is_empty() || scope.others {
            Why::NotForYou
        } else if scope.paused {
            Why::Paused
        } else if nothing_ahead && !self.hot.leases.is_empty() {
            Why::Leased
        } else {
            Why::Empty
        }
    }
}
