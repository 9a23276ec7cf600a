//! What leaves next. One call at a time changes the queue, in this order: sign-in, decisions, errands, what was
//! seen, a look at what changed, renewals, a claim.

use super::answer::Answer;
use super::work::{LINGER, Work};
use crate::desk::hands::Place;
use crate::desk::ledger::Stage;
use crate::desk::prefetch;
use crate::moderation::{Claim, Decision, Sight};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

/// The most decisions of one call, as the contract has it.
const MOST_DECISIONS: usize = 1000;
/// A claim waits so long for a decision to ride with.
const MOMENT: Duration = Duration::from_millis(50);
/// What is renewed with another, although its own time has not quite come.
const SOON: Duration = Duration::from_secs(20);

impl Work {
    /// Starts what can be started.
    pub fn start_calls(&mut self) {
        self.start_alerts();
        let now = Instant::now();
        if self.told_line.0.is_err() {
            self.tell_line(self.told_line.0.clone());
        }
        if self.quiet_until.is_some_and(|until| until <= now) {
            self.quiet_until = None;
        }
        if self.busy || self.quiet_until.is_some() || self.signed_out || self.gave_up {
            return;
        }
        if self.poll_at.is_some_and(|at| at <= now) {
            self.poll_at = None;
            self.enough = false;
        }
        self.busy = self.start_begin()
            || self.begun
                && (self.start_decisions(now)
                    || self.over.is_none()
                        && (self.start_errand()
                            || self.start_sights(now)
                            || self.start_look(now)
                            || self.start_house()
                            || self.start_messages(now)
                            || self.start_renewal(now)
                            || self.start_claim(now)));
    }

    /// Everything this desk holds, in the order in which the moderator meets it, because the rules on runs look at
    /// it in this order: decided and not sent, leaving, on screen, ahead.
    pub fn have(&self) -> Vec<String> {
        let mut have = self.ledger.held_items();
        let inner = self.ledger.lock();
        let mut hands: Vec<_> = inner.hands.iter().filter(|(id, _)| !have.contains(id)).collect();
        hands.sort_by_key(|(_, hand)| {
            let place = match hand.place {
                Place::Held(_) => 0,
                Place::Leaving => 1,
                Place::Shown => 2,
                Place::Ahead => 3,
                Place::Batch => 4,
            };
            (place, hand.turn)
        });
        have.extend(hands.into_iter().map(|(id, _)| id.clone()));
        have
    }

    /// A claim for what is missing ahead.
    fn claim(&self) -> Claim {
        let ahead = u32::try_from(self.ledger.lock().hands.ahead()).unwrap_or(u32::MAX);
        Claim {
            queues: self.queues.clone(),
            max: self.target().saturating_sub(ahead).max(1),
            desk: Some(self.desk.clone()),
            have: (!self.fresh).then(|| self.have()),
            items: None,
        }
    }

    /// Whether the desk may and should fetch.
    pub fn wants_items(&self) -> bool {
        let may = self.begun
            && !self.away
            && !self.resting
            && !self.ended
            && self.on_break.is_none()
            && self.over.is_none()
            && self.closing.is_none();
        may && (self.begins_break || !self.enough)
            && (self.ledger.lock().hands.ahead() as u64) < u64::from(self.target())
    }

    /// Whether to fetch without waiting for a decision to ride with: when none is held, or when half of what is
    /// wanted ahead is used up, unless one leaves within a moment.
    pub fn claims_alone(&self) -> bool {
        let Some(next) = self.due.values().min() else { return true };
        *next > Instant::now() + MOMENT
            && self.ledger.lock().hands.ahead() as u64 <= u64::from(prefetch::low_water(self.target()))
    }

    fn start_decisions(&mut self, now: Instant) -> bool {
        let leaving: Vec<u64> = self.due.iter().filter(|(_, due)| **due + LINGER <= now).map(|(seq, _)| *seq).collect();
        if leaving.is_empty() {
            self.singly = false;
            return false;
        }
        // What was seen of other items must be booked before the claim that rides along is answered.
        let rides = self.wants_items() && !self.begins_break && now >= self.claim_after;
        if rides && self.expose_all_but(&leaving) {
            return true;
        }
        let most = if self.singly { 1 } else { MOST_DECISIONS };
        let (mut seqs, mut decisions) = (Vec::new(), Vec::<Decision>::new());
        let mut inner = self.ledger.lock();
        for seq in leaving {
            let Some(filed) = inner.held.get_mut(&seq) else {
                self.due.remove(&seq);
                continue;
            };
            let room = most - decisions.len();
            if room == 0 || (!decisions.is_empty() && filed.open.len() > room) {
                break;
            }
            filed.stage = Stage::Sending;
            decisions.extend(filed.open.iter().take(room).cloned());
            seqs.push(seq);
        }
        drop(inner);
        if seqs.is_empty() {
            return false;
        }
        self.sights
            .retain(|sight| !decisions.iter().any(|one| one.item == sight.item && one.revision == sight.revision));
        let claim = rides.then(|| self.claim());
        let line = Arc::clone(&self.line);
        self.calls.spawn(async move {
            let started = Instant::now();
            let result = line.decide(&decisions, claim.as_ref()).await;
            let ids = decisions.iter().map(|one| one.id).collect();
            Answer::Decided { seqs, ids, claimed: claim.is_some(), result, took: started.elapsed() }
        });
        true
    }

    /// Tells what was seen, except of items whose decisions leave now and tell it themselves.
    fn expose_all_but(&mut self, leaving: &[u64]) -> bool {
        let inner = self.ledger.lock();
        let tells = |sight: &Sight| {
            leaving
                .iter()
                .filter_map(|seq| inner.held.get(seq))
                .any(|filed| filed.open.iter().any(|one| one.item == sight.item && one.revision == sight.revision))
        };
        let sights: Vec<Sight> = self.sights.iter().filter(|sight| !tells(sight)).cloned().collect();
        drop(inner);
        self.sights.retain(|sight| !sights.contains(sight));
        self.expose(sights)
    }

    fn expose(&mut self, sights: Vec<Sight>) -> bool {
        if sights.is_empty() {
            return false;
        }
        if self.sights.is_empty() {
            self.sights_by = None;
        }
        let line = Arc::clone(&self.line);
        self.calls.spawn(async move {
            let result = line.expose(&sights).await;
            Answer::Exposed { sights, result }
        });
        true
    }

    fn start_sights(&mut self, now: Instant) -> bool {
        let before_a_claim = self.wants_items() && self.claims_alone() && now >= self.claim_after;
        if !before_a_claim && self.closing.is_none() && self.sights_by.is_none_or(|by| by > now) {
            return false;
        }
        self.sights_by = None;
        let sights = std::mem::take(&mut self.sights);
        self.expose(sights)
    }

    /// Which leases want renewing, and when the first does. In a break none do: the queue would refuse.
    pub fn renew_due(&self) -> Option<Instant> {
        if self.on_break.is_some() || self.resting || self.ended {
            return None;
        }
        let inner = self.ledger.lock();
        let due = inner.hands.iter().filter(|(_, hand)| self.renews(hand.place)).map(|(_, hand)| hand.renew_at);
        due.min()
    }

    fn renews(&self, place: Place) -> bool {
        match place {
            Place::Held(_) => true,
            Place::Ahead | Place::Shown | Place::Batch => !self.away,
            Place::Leaving => false,
        }
    }

    fn start_renewal(&mut self, now: Instant) -> bool {
        if self.renew_due().is_none_or(|due| due > now) {
            return false;
        }
        let inner = self.ledger.lock();
        let items: Vec<String> = inner
            .hands
            .iter()
            .filter(|(_, hand)| self.renews(hand.place) && hand.renew_at <= now + SOON)
            .map(|(id, _)| id.clone())
            .collect();
        drop(inner);
        let (line, desk) = (Arc::clone(&self.line), self.desk.clone());
        self.calls.spawn(async move {
            let result = line.renew(&desk, &items).await;
            Answer::Renewed { items, result }
        });
        true
    }

    fn start_claim(&mut self, now: Instant) -> bool {
        if !self.wants_items() || !self.claims_alone() || now < self.claim_after {
            return false;
        }
        self.begins_break = false;
        let (line, claim) = (Arc::clone(&self.line), self.claim());
        self.calls.spawn(async move {
            let started = Instant::now();
            let result = line.claim(&claim).await;
            Answer::Claimed { result, took: started.elapsed() }
        });
        true
    }
}
