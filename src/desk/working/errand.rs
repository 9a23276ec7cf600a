//! Things to be told to the queue in the order in which they happened.

use super::answer::{Answer, Fate};
use super::work::Work;
use crate::desk::hands::Place;
use crate::desk::journal::Slot;
use crate::desk::{Line, LineError, News};
use crate::moderation::claim::LostLease;
use crate::moderation::shift::{Handover, ShiftState};
use crate::moderation::{By, Claim, Claimed, Doubt, Group, Outcome, Pass, Recorded, Refusal, Sight, doubt};
use crate::store::Reverse;
use futures_util::future::join_all;
use std::sync::Arc;
use uuid::Uuid;

/// So much of a thread is taken at once, to be decided one by one while the leases last.
const THREAD: usize = 50;

/// So many reversals are under way at once: a batch is taken back decision by decision, and on a far line each takes a
/// round trip.
const REVERSALS: usize = 32;

/// One of them.
pub(super) enum Errand {
    Pass {
        pass: Box<Pass>,
        slot: Option<Slot>,
    },
    Release(Vec<Sight>),
    Doubt {
        doubt: Box<Doubt>,
        slot: Option<Slot>,
    },
    Answer(Uuid, doubt::Answer),
    Keep(Uuid, bool),
    Confirm(Vec<Uuid>),
    /// What was parked.
    TakeUp(String),
    Reverse {
        decision: Uuid,
        id: Uuid,
        slot: Option<Slot>,
    },
    /// The newer revision of an item in hand.
    Fetch(String),
    /// What belongs with an item, leased: as a batch, or `ahead` of all others one by one.
    Gather {
        item: String,
        by: By,
        ahead: bool,
    },
    BeginBreak(Option<String>),
    EndBreak,
    Agree,
    EndShift(Vec<Handover>),
}

/// What came of one.
pub(super) enum Done {
    Told,
    Reversed(Box<Recorded>),
    Fetched(Box<Claimed>),
    Gathered(Box<Group>, Box<Claimed>),
    Shift(Box<ShiftState>),
}

impl Work {
    /// Starts the first that can go. A reversal waits for the answer to its decision, and lets others by.
    pub fn start_errand(&mut self) -> bool {
        let inner = self.ledger.lock();
        let waits = |decision: &Uuid| inner.held.values().any(|filed| filed.open.iter().any(|one| one.id == *decision));
        let next = self.errands.iter().position(|errand| match errand {
            Errand::Reverse { decision, .. } => !waits(decision),
            _ => true,
        });
        let Some(at) = next else { return false };
        let alike = |errand: &Errand| matches!(errand, Errand::Reverse { decision, .. } if !waits(decision));
        let together = self.errands.iter().skip(at).take(REVERSALS).take_while(|errand| alike(errand)).count().max(1);
        drop(inner);
        let errands: Vec<Errand> = self.errands.drain(at..at + together).collect();
        let (line, desk, have) = (Arc::clone(&self.line), self.desk.clone(), self.have());
        self.calls.spawn(async move {
            let runs = errands.into_iter().map(|errand| {
                let (line, desk, have) = (Arc::clone(&line), desk.clone(), have.clone());
                async move {
                    let result = run(&*line, &errand, desk, have).await;
                    (errand, result)
                }
            });
            Answer::Errands(join_all(runs).await)
        });
        true
    }

    /// What came of those that were under way together.
    pub fn errands_done(&mut self, results: Vec<(Errand, Result<Done, LineError>)>) {
        let mut failed = Vec::new();
        for (errand, result) in results {
            match result {
                Ok(done) => self.errand_done(errand, done),
                Err(error) => failed.push((errand, error)),
            }
        }
        // The last one first, since what is to be done again goes before what waits.
        let mut again = false;
        for (errand, error) in failed.into_iter().rev() {
            if again {
                self.errands.push_front(errand);
            } else {
                again = self.errand_failed(errand, &error);
            }
        }
    }

    /// What came of it.
    fn errand_done(&mut self, errand: Errand, done: Done) {
        self.well(None);
        match (errand, done) {
            (Errand::Pass { pass, slot }, _) => {
                self.gone(std::slice::from_ref(&pass.sight));
                self.ledger.erase(slot);
            }
            (Errand::Release(sights), _) => self.gone(&sights),
            (Errand::Reverse { decision, slot, .. }, Done::Reversed(recorded)) => {
                self.ledger.erase(slot);
                self.reversed(decision, *recorded);
            }
            (Errand::TakeUp(item), Done::Fetched(claimed)) => self.taken_up(item, *claimed),
            (
                errand @ (Errand::Doubt { .. } | Errand::Answer(..) | Errand::Keep(..) | Errand::Confirm(_)),
                Done::Told,
            ) => self.told_others(&errand),
            (Errand::Fetch(item), Done::Fetched(claimed)) => self.fetched(item, *claimed),
            (Errand::Gather { item, ahead, .. }, Done::Gathered(group, claimed)) => {
                self.gathered(item, ahead, *group, *claimed);
            }
            (Errand::EndShift(_), _) => self.tell(News::Ended(self.ledger.unsettled())),
            (errand, Done::Shift(shift)) => {
                if matches!(errand, Errand::EndBreak | Errand::BeginBreak(_)) {
                    self.resting = false;
                }
                self.on_break = None;
                self.enough = false;
                self.shift_is(*shift);
            }
            _ => {}
        }
    }

    /// Whether it is to be done again.
    fn errand_failed(&mut self, errand: Errand, error: &LineError) -> bool {
        if self.trouble(error) == Fate::Again {
            let ends = matches!(errand, Errand::EndShift(_));
            self.errands.push_front(errand);
            if ends {
                // The screen waits for this one; what is unsent is in the journal.
                self.give_up();
            }
            return true;
        }
        match errand {
            Errand::Pass { pass, slot } => {
                self.gone(std::slice::from_ref(&pass.sight));
                self.ledger.erase(slot);
            }
            Errand::Release(sights) => self.gone(&sights),
            Errand::Reverse { decision, id, slot } => {
                self.ledger.erase(slot);
                let message = Some(error.to_string());
                let (outcome, state, by, verdict, item) = (Outcome::Refused, None, None, None, None);
                let refused = Recorded { id, outcome, state, by, verdict, message, item };
                self.tell(News::Reversed(decision, Box::new(refused)));
                return false;
            }
            Errand::Fetch(item) => self.lost(item, LostLease::NewRevision),
            Errand::Doubt { .. } | Errand::Answer(..) | Errand::Keep(..) | Errand::Confirm(_) => {
                self.told_others(&errand);
            }
            Errand::TakeUp(item) => self.tell(News::TakenUp(item, false)),
            Errand::EndShift(_) => self.tell(News::Ended(self.ledger.unsettled())),
            Errand::BeginBreak(_) => self.resting = false,
            Errand::EndBreak | Errand::Agree | Errand::Gather { .. } => {}
        }
        if !matches!(error, LineError::TakenOver(_)) {
            self.tell(News::Failed(error.to_string()));
        }
        false
    }

    pub(super) fn gone(&mut self, sights: &[Sight]) {
        let mut inner = self.ledger.lock();
        for sight in sights {
            if inner.hands.get(&sight.item).is_some_and(|hand| hand.place == Place::Leaving) {
                inner.hands.remove(&sight.item);
            }
        }
        drop(inner);
        self.enough = false;
    }

    fn reversed(&mut self, decision: Uuid, mut recorded: Recorded) {
        let leased = recorded.outcome.is_success().then(|| recorded.item.take()).flatten();
        self.tell(News::Reversed(decision, Box::new(recorded)));
        let items = leased.map(|served| self.take_in(vec![*served])).unwrap_or_default();
        if self.closing.is_some() || self.ended || self.away {
            self.hand_back(false);
        } else if !items.is_empty() {
            let waiting = 0;
            self.tell(News::Ahead { items, waiting, first: true });
        }
        self.enough = false;
    }

    fn fetched(&mut self, item: String, claimed: Claimed) {
        match claimed {
            Claimed::Items { items, .. } => {
                let Some(served) = items.into_iter().find(|served| served.item.id == item) else {
                    return self.lost(item, LostLease::NewRevision);
                };
                let shown = self.ledger.lock().hands.remove(&item).map(|hand| (hand.place, hand.seen));
                let served = self.take_in(vec![served]);
                if let (Some((place, seen)), Some(hand)) = (shown, self.ledger.lock().hands.get_mut(&item)) {
                    (hand.place, hand.seen) = (place, seen);
                }
                for served in served {
                    self.tell(News::Revised(served));
                }
            }
            other => {
                self.lost(item, LostLease::NewRevision);
                self.claimed(other);
            }
        }
    }

    /// What was leased by name: rows of a batch, or what comes next.
    fn gathered(&mut self, item: String, ahead: bool, group: Group, claimed: Claimed) {
        let items = match claimed {
            Claimed::Items { items, .. } => items,
            other => {
                self.claimed(other);
                Vec::new()
            }
        };
        let waiting = group.waiting;
        let order: Vec<String> = items.iter().map(|served| served.item.id.clone()).collect();
        self.take_in(items);
        let mut inner = self.ledger.lock();
        let mut rows = Vec::new();
        for id in order {
            let Some(hand) = inner.hands.get_mut(&id) else { continue };
            if !ahead && hand.place == Place::Ahead {
                (hand.place, hand.batch) = (Place::Batch, true);
            }
            // What is decided here and held is nobody's row.
            let wanted = match hand.place {
                Place::Batch | Place::Shown => !ahead,
                Place::Ahead => ahead,
                Place::Held(_) | Place::Leaving => false,
            };
            if wanted {
                rows.push(Arc::clone(&hand.served));
            }
        }
        drop(inner);
        self.enough = false;
        if self.closing.is_some() || self.ended || self.away || self.on_break.is_some() {
            self.hand_back(true);
        } else if ahead {
            self.tell(News::Taken(item, rows, waiting));
        } else {
            self.tell(News::Batch(item, Box::new(group), rows));
        }
    }

    fn lost(&mut self, item: String, why: LostLease) {
        self.ledger.lock().hands.remove(&item);
        self.enough = false;
        self.tell(News::Lost(vec![Refusal { item, why }]));
    }
}

async fn run(line: &dyn Line, errand: &Errand, desk: String, have: Vec<String>) -> Result<Done, LineError> {
    Ok(match errand {
        Errand::Pass { pass, .. } => {
            line.pass(std::slice::from_ref(pass)).await?;
            Done::Told
        }
        Errand::Release(sights) => {
            line.release(sights).await?;
            Done::Told
        }
        Errand::Reverse { decision, id, .. } => {
            let reverse = Reverse { id: *id, reason: None, decision: None };
            Done::Reversed(Box::new(line.reverse(*decision, &reverse).await?))
        }
        Errand::Doubt { doubt, .. } => {
            line.doubt(doubt).await?;
            Done::Told
        }
        Errand::Answer(doubt, answer) => {
            line.answer(*doubt, answer).await?;
            Done::Told
        }
        Errand::Keep(doubt, keep) => {
            line.keep_precedent(*doubt, *keep).await?;
            Done::Told
        }
        Errand::Confirm(messages) => {
            line.confirm(messages).await?;
            Done::Told
        }
        Errand::Fetch(item) | Errand::TakeUp(item) => {
            let have = have.into_iter().filter(|one| one != item).collect();
            let claim = Claim {
                queues: Vec::new(),
                max: 1,
                desk: Some(desk),
                have: Some(have),
                items: Some(vec![item.clone()]),
            };
            Done::Fetched(Box::new(line.claim(&claim).await?))
        }
        Errand::Gather { item, by, ahead } => {
            let group = line.groups(item, Some(*by)).await?.into_iter().next();
            let mut group =
                group.unwrap_or(Group { by: *by, items: Vec::new(), waiting: 0, elsewhere: 0, left_out: 0 });
            if *ahead {
                group.items.retain(|id| id != item);
                group.items.truncate(THREAD);
            }
            let items = Some(group.items.clone());
            let claim = Claim { queues: Vec::new(), max: 0, desk: Some(desk), have: Some(have), items };
            Done::Gathered(Box::new(group), Box::new(line.claim(&claim).await?))
        }
        Errand::BeginBreak(said) => Done::Shift(Box::new(line.begin_break(said.as_deref()).await?)),
        Errand::EndBreak => Done::Shift(Box::new(line.end_break().await?)),
        Errand::Agree => Done::Shift(Box::new(line.agree_graphic().await?)),
        Errand::EndShift(notes) => {
            line.end_shift(notes).await?;
            Done::Told
        }
    })
}
