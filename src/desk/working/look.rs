//! A look at what changed when the queue rings: whether this desk is still the open one, and whether what it holds
//! is still as it was served. Reads only, and at most two a second: the desk's own decisions ring as well.

use super::answer::{Answer, Fate};
use super::work::Work;
use crate::desk::hands::Place;
use crate::desk::{Hints, LineError, News};
use crate::moderation::Refusal;
use crate::moderation::alert::AlertState;
use crate::moderation::claim::LostLease;
use crate::moderation::shift::ShiftState;
use crate::store::Kept;
use futures_util::StreamExt;
use futures_util::stream;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

/// Between two looks.
const BETWEEN: Duration = Duration::from_millis(500);
/// A burst of commits is one ring.
const SETTLE: Duration = Duration::from_millis(20);

/// Items looked at together: on a line far away each is a round trip.
const TOGETHER: usize = 6;

/// What was seen.
pub(super) struct Looked {
    shift: ShiftState,
    items: Vec<(String, Result<Kept, LineError>)>,
    alerts: Option<Vec<AlertState>>,
}

impl Work {
    /// Something was committed, here or elsewhere.
    pub fn rung(&mut self) {
        if !self.begun || self.over.is_some() || self.closing.is_some() {
            return;
        }
        let now = Instant::now();
        let earliest = self.looked.map_or(now, |looked| looked + BETWEEN).max(now + SETTLE);
        self.look_at.get_or_insert(earliest);
        self.enough = false;
        if !self.far {
            // A ring stands for everything here.
            self.messages_rung(earliest);
        }
    }

    /// A line far away tells more than that something changed.
    pub fn hinted(&mut self, before: Hints, now: Hints) {
        let at = Instant::now();
        if now.back != before.back && self.patience.failures() > 0 {
            self.quiet_until = None;
            for calling in &mut self.calling {
                calling.not_before = at;
            }
        }
        self.house_changed |= self.begun && now.house != before.house;
        if now.messages != before.messages || now.back != before.back {
            self.messages_rung(at);
        }
        if now.items != before.items && self.told_nothing.is_some() {
            // Everybody whose hands are empty hears it: they come back one after the other.
            self.enough = false;
            self.claim_after = at + self.patience.spread_over(Duration::from_secs(1));
        }
    }

    /// Reads clients, policies and queues anew, where they may have changed.
    pub fn start_house(&mut self) -> bool {
        if !std::mem::take(&mut self.house_changed) {
            return false;
        }
        let line = Arc::clone(&self.line);
        self.calls.spawn(async move { Answer::House(line.house().await) });
        true
    }

    /// Looks, where a ring asked for it.
    pub fn start_look(&mut self, now: Instant) -> bool {
        if self.look_at.is_none_or(|at| at > now) {
            return false;
        }
        self.look_at = None;
        self.looked = Some(now);
        let inner = self.ledger.lock();
        let items: Vec<String> = inner
            .hands
            .iter()
            .filter(|(_, hand)| matches!(hand.place, Place::Ahead | Place::Shown))
            .map(|(id, _)| id.clone())
            .collect();
        drop(inner);
        let waits = self.raised.values().any(|state| state.taken.is_none());
        let line = Arc::clone(&self.line);
        self.calls.spawn(async move {
            let looked = async {
                let shift = line.shift().await?;
                let line = &line;
                let looks = items.into_iter().map(|id| async move {
                    let kept = line.item(&id).await;
                    (id, kept)
                });
                let seen = stream::iter(looks).buffered(TOGETHER).collect().await;
                let alerts = if waits { Some(line.alerts().await?) } else { None };
                Ok(Looked { shift, items: seen, alerts })
            };
            Answer::Looked(Box::new(looked.await))
        });
        true
    }

    /// Compares it with what is known here.
    pub fn has_looked(&mut self, looked: Result<Looked, LineError>) {
        let Looked { shift, items, alerts } = match looked {
            Ok(looked) => looked,
            Err(error) => {
                if self.trouble(&error) == Fate::Again {
                    self.look_at = self.quiet_until;
                }
                return;
            }
        };
        self.well(None);
        if let Some(other) = shift.desk.clone().filter(|desk| *desk != self.desk)
            && shift.running
            && !self.fresh
        {
            self.taken_over(other);
            return;
        }
        let resting = self.resting;
        if !resting {
            self.shift_is(shift);
        }
        let lost = items.into_iter().filter_map(|(id, kept)| self.changed(&id, kept)).collect();
        self.lose(lost);
        for state in alerts.into_iter().flatten() {
            let id = state.alert.id;
            if self.raised.get(&id).is_some_and(|known| *known != state) {
                self.raised.insert(id, state.clone());
                self.tell(News::Alert(Ok(Box::new(state))));
            }
        }
    }

    fn changed(&self, id: &str, kept: Result<Kept, LineError>) -> Option<Refusal> {
        let inner = self.ledger.lock();
        let served = Arc::clone(&inner.hands.get(id)?.served);
        drop(inner);
        let why = match kept {
            Ok(kept) if kept.item.revision > served.item.revision => LostLease::NewRevision,
            Ok(kept) => match kept.state.as_str() {
                "withdrawn" => LostLease::Withdrawn,
                "sealed" => LostLease::Sealed,
                "decided" => LostLease::Decided,
                _ if kept.round > served.round => LostLease::Decided,
                // A lease that ran out is asked for again with the next renewal.
                _ => return None,
            },
            // Not for these eyes any more.
            Err(LineError::Refused(_)) => LostLease::NotLeased,
            Err(_) => return None,
        };
        Some(Refusal { item: id.to_owned(), why })
    }
}
