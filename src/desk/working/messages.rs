//! Notices, doubts and what came back: asked for when something rings, told where something is new.

use super::answer::{Answer, Fate};
use super::errand::Errand;
use super::send::READING;
use super::work::Work;
use crate::desk::hands::Place;
use crate::desk::{LineError, News};
use crate::moderation::doubt::Seeking;
use crate::moderation::{Claimed, Messages, Precedent};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

/// A notice to all rings at thousands of desks at once: they ask one after the other.
const SPREAD: Duration = Duration::from_millis(500);

impl Work {
    /// Something has come to read, or may have.
    pub fn messages_rung(&mut self, at: Instant) {
        if self.begun {
            let at = if self.far { at + self.patience.spread_over(SPREAD) } else { at };
            self.messages_at = Some(self.messages_at.map_or(at, |known| known.min(at)));
        }
    }

    /// Asks what there is.
    pub fn start_messages(&mut self, now: Instant) -> bool {
        if self.messages_at.is_none_or(|at| at > now) {
            return false;
        }
        self.messages_at = None;
        let line = Arc::clone(&self.line);
        self.calls.spawn(async move { Answer::Messages(line.messages().await.map(Box::new)) });
        true
    }

    /// What there is.
    pub fn messages_are(&mut self, result: Result<Box<Messages>, LineError>) {
        match result {
            Ok(messages) => {
                self.well(None);
                if self.told_messages != *messages {
                    self.told_messages = (*messages).clone();
                    self.tell(News::Messages(messages));
                }
            }
            Err(error) => {
                if self.trouble(&error) == Fate::Again {
                    self.messages_at = self.quiet_until;
                }
            }
        }
    }

    /// Asks for precedents, beside everything else.
    pub fn seek(&mut self, seeking: Seeking) {
        let line = Arc::clone(&self.line);
        self.calls.spawn(async move {
            let found = line.precedents(&seeking).await;
            Answer::Precedents(seeking, found)
        });
    }

    /// Whether the client of an item in hand has any.
    pub fn may_have_precedents(&self, item: &str) -> bool {
        let told = &self.told_messages.precedents;
        if told.is_empty() {
            return false;
        }
        let inner = self.ledger.lock();
        inner.hands.get(item).is_some_and(|hand| told.contains(&hand.served.client))
    }

    /// Tells later whether an item is still in the moderator's hands.
    pub fn in_hand(&self) -> impl Fn(&str) -> bool + Send + 'static {
        let ledger = self.ledger.clone();
        move |item| {
            let here = |place| matches!(place, Place::Ahead | Place::Shown | Place::Batch);
            ledger.lock().hands.get(item).is_some_and(|hand| here(hand.place))
        }
    }

    /// Looks for precedents beside an item, for whoever stops to read it.
    pub fn seek_beside(&mut self, item: String) {
        let (line, in_hand) = (Arc::clone(&self.line), self.in_hand());
        self.calls.spawn(async move {
            tokio::time::sleep(READING).await;
            let seeking = Seeking { item: Some(item.clone()), words: None };
            let found = match in_hand(&item) {
                true => line.precedents(&seeking).await,
                false => Err(LineError::Refused("it is decided meanwhile".into())),
            };
            Answer::Precedents(seeking, found)
        });
    }

    /// Nobody waits for precedents: without them it is decided all the same.
    pub fn precedents_are(&mut self, seeking: Seeking, result: Result<Vec<Precedent>, LineError>) {
        match result {
            Ok(found) => self.tell(News::Precedents(seeking, found)),
            Err(error) => tracing::debug!(%error, "precedents are not known"),
        }
    }

    /// What was parked is in the moderator's hands again, before all others; or not.
    pub fn taken_up(&mut self, item: String, claimed: Claimed) {
        let items = match claimed {
            Claimed::Items { items, .. } => items,
            other => {
                self.claimed(other);
                Vec::new()
            }
        };
        let new = self.take_in(items);
        self.enough = false;
        self.messages_rung(Instant::now());
        if self.closing.is_some() || self.ended || self.away {
            self.hand_back(false);
            return;
        }
        self.tell(News::TakenUp(item, !new.is_empty()));
        if !new.is_empty() {
            self.tell(News::Ahead { items: new, waiting: 0, first: true });
        }
    }

    /// A question, an answer or a confirmation has arrived: what stands on `W` is another.
    pub fn told_others(&mut self, errand: &Errand) {
        if let Errand::Doubt { doubt, .. } = errand {
            self.gone(std::slice::from_ref(&doubt.sight));
        }
        if let Errand::Doubt { slot, .. } = errand {
            self.ledger.erase(*slot);
        }
        self.messages_rung(Instant::now());
    }
}
