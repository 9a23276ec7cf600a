//! What comes back on the line, and what it means for the desk.

use super::begin::Begun;
use super::errand::{Done, Errand};
use super::look::Looked;
use super::work::Work;
use crate::desk::picture::Picture;
use crate::desk::{Down, HouseNow, LineError, Look, News, NoPicture};
use crate::moderation::alert::AlertState;
use crate::moderation::author::AuthorFigures;
use crate::moderation::claim::{LostLease, Why};
use crate::moderation::doubt::Seeking;
use crate::moderation::group::Thread;
use crate::moderation::mine::Mine;
use crate::moderation::{Alert, Claimed, Group, Messages, Precedent, Refusal, Served, Sight};
use crate::store::{Decided, HistoryEntry, Renewed};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;
use uuid::Uuid;

/// A lease whose queue is not known to last otherwise.
const HALF_LEASE: Duration = Duration::from_secs(150);
/// While others hold what waits, or a rule forbids it for now, nothing rings when that ends.
const POLL: Duration = Duration::from_secs(30);
/// A single answer may change what is thought of the line by twice the usual and this.
const JOLT: Duration = Duration::from_millis(100);

/// The answer to a call, with what the call was about.
pub(super) enum Answer {
    Begun(Result<Begun, LineError>),
    Decided { seqs: Vec<u64>, ids: Vec<Uuid>, claimed: bool, result: Result<Decided, LineError>, took: Duration },
    Claimed { result: Result<Claimed, LineError>, took: Duration },
    Renewed { items: Vec<String>, result: Result<Renewed, LineError> },
    Exposed { sights: Vec<Sight>, result: Result<(), LineError> },
    Errands(Vec<(Errand, Result<Done, LineError>)>),
    Looked(Box<Result<Looked, LineError>>),
    House(Result<HouseNow, LineError>),
    Alerted(Alert, Result<Box<AlertState>, LineError>),
    Author(String, Result<AuthorFigures, LineError>),
    History(String, Result<Vec<HistoryEntry>, LineError>),
    Groups(String, Result<Vec<Group>, LineError>),
    Thread(String, Result<Thread, LineError>),
    Messages(Result<Box<Messages>, LineError>),
    Precedents(Seeking, Result<Vec<Precedent>, LineError>),
    Mine(Result<Mine, LineError>),
    Picture(Look, Option<Arc<Vec<u8>>>, Result<Picture, NoPicture>),
}

/// What an error asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// The same once more, later.
    Again,
    /// Nothing: it cannot be had.
    Never,
}

impl Work {
    /// Takes an answer in.
    pub fn hear(&mut self, answer: Answer) {
        if !matches!(
            answer,
            Answer::Alerted(..)
                | Answer::Author(..)
                | Answer::History(..)
                | Answer::Groups(..)
                | Answer::Thread(..)
                | Answer::Precedents(..)
                | Answer::Mine(..)
                | Answer::Picture(..)
        ) {
            self.busy = false;
        }
        match answer {
            Answer::Begun(result) => self.has_begun(result),
            Answer::Decided { seqs, ids, claimed, result, took } => self.decided(&seqs, &ids, claimed, result, took),
            Answer::Claimed { result: Ok(claimed), took } => {
                self.well(Some(took));
                self.line_is_well();
                self.claimed(claimed);
            }
            Answer::Claimed { result: Err(error), .. } => {
                if self.trouble(&error) == Fate::Never {
                    self.enough = true;
                    self.tell(News::Failed(error.to_string()));
                }
            }
            Answer::Renewed { items, result } => self.renewed(&items, result),
            Answer::Exposed { sights, result } => match result {
                Ok(()) => self.well(None),
                Err(error) if self.trouble(&error) == Fate::Again => {
                    self.sights.extend(sights);
                    self.sights_by = self.quiet_until;
                }
                Err(error) => tracing::warn!(%error, "what was seen could not be told"),
            },
            Answer::Errands(results) => self.errands_done(results),
            Answer::Looked(result) => self.has_looked(*result),
            Answer::House(Ok(house)) => {
                self.well(None);
                self.house_is(house);
            }
            Answer::House(Err(error)) => self.house_changed = self.trouble(&error) == Fate::Again,
            Answer::Messages(result) => self.messages_are(result),
            Answer::Precedents(seeking, result) => self.precedents_are(seeking, result),
            Answer::Alerted(alert, result) => self.alerted(&alert, result),
            Answer::Author(id, Ok(figures)) => self.tell(News::Author(id, Box::new(figures))),
            Answer::History(item, Ok(entries)) => self.tell(News::History(item, entries)),
            Answer::Groups(item, Ok(groups)) => self.tell(News::Groups(item, groups)),
            Answer::Thread(item, Ok(thread)) => self.tell(News::Thread(item, Box::new(thread))),
            Answer::Mine(Ok(mine)) => self.tell(News::Mine(Box::new(mine))),
            Answer::Picture(look, bytes, picture) => self.looked_at(look, bytes, picture),
            // Nobody asked for the counts beside an item; without them it is decided all the same.
            Answer::Groups(_, Err(error)) => tracing::debug!(%error, "what belongs with an item is not known"),
            Answer::Author(_, Err(error))
            | Answer::History(_, Err(error))
            | Answer::Thread(_, Err(error))
            | Answer::Mine(Err(error)) => {
                self.tell(News::Failed(error.to_string()));
            }
        }
    }

    /// Items, a break, another desk, or nothing.
    pub fn claimed(&mut self, claimed: Claimed) {
        match claimed {
            Claimed::BreakDue { break_due } => self.break_is_due(break_due),
            Claimed::TakenOver { desk_taken_over } => self.taken_over(desk_taken_over),
            Claimed::Items { items, waiting, why } => {
                self.fresh = false;
                if items.is_empty() {
                    self.nothing(why.unwrap_or(Why::Empty));
                    return;
                }
                self.empty_claims = 0;
                self.told_nothing = None;
                let new = self.take_in(items);
                self.enough = self.wants_items();
                // Asked for before the moderator left: nobody is there to decide it.
                if self.closing.is_some() || self.ended || self.away {
                    self.hand_back(false);
                } else if !new.is_empty() {
                    self.tell(News::Ahead { items: new, waiting, first: false });
                }
            }
        }
    }

    fn nothing(&mut self, why: Why) {
        self.enough = true;
        self.claim_after = Instant::now() + Duration::from_secs(1 << self.empty_claims.min(5)).min(POLL);
        self.empty_claims += 1;
        let changes_unheard = matches!(why, Why::Leased | Why::Wellbeing);
        // Over a team's server another server may have been told what came.
        let poll = if changes_unheard { Some(POLL) } else { self.far.then_some(2 * POLL) };
        self.poll_at = poll.map(|poll| Instant::now() + poll);
        if self.told_nothing.replace(why) != Some(why) {
            self.tell(News::Nothing(why));
        }
    }

    /// Into the moderator's hands; answers those that were not there.
    pub fn take_in(&mut self, items: Vec<Served>) -> Vec<Arc<Served>> {
        let now = Instant::now();
        // What is decided here already is on its way, whatever the queue still says of its lease.
        let held = self.ledger.held_items();
        let mut inner = self.ledger.lock();
        let mut new = Vec::new();
        for served in items {
            let half = self.half_leases.get(&served.queue).copied().unwrap_or(HALF_LEASE);
            if inner.hands.get(&served.item.id).is_none() && !held.contains(&served.item.id) {
                let served = Arc::new(served);
                new.push(Arc::clone(&served));
                inner.hands.take(served, now + half);
            } else if let Some(hand) = inner.hands.get_mut(&served.item.id) {
                hand.renew_at = now + half;
            }
        }
        new
    }

    fn renewed(&mut self, items: &[String], result: Result<Renewed, LineError>) {
        let now = Instant::now();
        let renewed = match result {
            Ok(renewed) => renewed,
            Err(error) => {
                if self.trouble(&error) == Fate::Never {
                    self.put_off(items, now + HALF_LEASE);
                }
                return;
            }
        };
        self.well(None);
        if let Some(due) = renewed.break_due {
            self.put_off(items, now + HALF_LEASE);
            self.break_is_due(due);
            return;
        }
        let mut inner = self.ledger.lock();
        for item in items {
            let half = inner.hands.get(item).and_then(|hand| self.half_leases.get(&hand.served.queue)).copied();
            if let Some(hand) = inner.hands.get_mut(item) {
                hand.renew_at = now + half.unwrap_or(HALF_LEASE);
            }
        }
        drop(inner);
        self.lose(renewed.lost);
    }

    fn put_off(&mut self, items: &[String], until: Instant) {
        let mut inner = self.ledger.lock();
        for item in items {
            if let Some(hand) = inner.hands.get_mut(item) {
                hand.renew_at = until;
            }
        }
    }

    /// Leases that are gone. A held decision is sent all the same: the queue says what becomes of it.
    pub fn lose(&mut self, lost: Vec<Refusal>) {
        let mut inner = self.ledger.lock();
        let (told, revised): (Vec<Refusal>, Vec<Refusal>) = lost
            .into_iter()
            .filter(|one| {
                use crate::desk::hands::Place;
                let here = |place| matches!(place, Place::Ahead | Place::Shown | Place::Batch);
                inner.hands.get(&one.item).is_some_and(|hand| here(hand.place))
            })
            .partition(|one| one.why != LostLease::NewRevision);
        for one in &told {
            inner.hands.remove(&one.item);
        }
        drop(inner);
        for one in revised {
            self.errands.push_back(Errand::Fetch(one.item));
        }
        if !told.is_empty() {
            self.enough = false;
            self.tell(News::Lost(told));
        }
    }

    /// The line works.
    pub fn well(&mut self, took: Option<Duration>) {
        if let Some(took) = took {
            // One that waited for a disk or a new connection says little of the line; a line gone bad says it again.
            let likely = |trip: Duration| took.min(trip * 2 + JOLT);
            self.round_trip = Some(self.round_trip.map_or(took, |trip| (trip * 3 + likely(trip)) / 4));
        }
        if self.patience.reset() {
            self.tell_line(Ok(self.shown_trip()));
        }
    }

    /// Says how a line far away is, where that has changed.
    pub fn line_is_well(&mut self) {
        if self.far {
            self.tell_line(Ok(self.shown_trip()));
        }
    }

    /// In whole milliseconds; a queue on this machine has no line, however long an answer took.
    pub fn shown_trip(&self) -> Option<u32> {
        self.round_trip.filter(|_| self.far).map(|trip| u32::try_from(trip.as_millis()).unwrap_or(u32::MAX))
    }

    /// The line failed: waits, stops or leaves, as the error asks.
    pub fn trouble(&mut self, error: &LineError) -> Fate {
        let wait = match error {
            LineError::TakenOver(desk) => {
                self.taken_over(desk.clone());
                return Fate::Never;
            }
            LineError::SignedOut(_) => {
                if !self.signed_out {
                    self.signed_out = true;
                    self.tell(News::Failed(error.to_string()));
                }
                self.patience.after_failure();
                self.line_is_down(error);
                self.gave_up = self.leaving();
                return Fate::Again;
            }
            LineError::Refused(_) => return Fate::Never,
            LineError::Wait(seconds) => {
                self.patience.after_failure();
                Duration::from_secs((*seconds).clamp(1, 300))
            }
            LineError::Down(_) | LineError::Unsure(_) => self.patience.after_failure(),
        };
        self.quiet_until = Some(Instant::now() + wait);
        // On the way out a dead line is not waited for, one that is only busy is, a little.
        self.gave_up = self.leaving() && (!matches!(error, LineError::Wait(_)) || self.patience.failures() > 3);
        self.line_is_down(error);
        if self.gave_up {
            self.give_up();
        }
        Fate::Again
    }

    fn leaving(&self) -> bool {
        self.closing.is_some() || self.over.is_some()
    }

    fn line_is_down(&mut self, error: &LineError) {
        if let Some(down) = Down::of(error) {
            self.tell_line(Err(down));
        }
    }

    /// Says how the line is, where that changed.
    pub fn tell_line(&mut self, state: Result<Option<u32>, Down>) {
        let now = Instant::now();
        let unsent = match &state {
            Ok(_) => 0,
            Err(_) => {
                let inner = self.ledger.lock();
                let due = self.due.iter().filter(|(_, due)| **due <= now);
                due.filter_map(|(seq, _)| inner.held.get(seq)).map(|filed| filed.open.len()).sum()
            }
        };
        let unsent = u32::try_from(unsent).unwrap_or(u32::MAX);
        let same = match (&self.told_line.0, &state) {
            (Ok(Some(told)), Ok(Some(now))) => told.abs_diff(*now) * 2 < *told.max(now),
            (told, now) => told == now,
        };
        if !same || self.told_line.1 != unsent {
            self.told_line = (state.clone(), unsent);
            self.tell(News::LineState { state, unsent });
        }
    }
}
