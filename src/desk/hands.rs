//! What is in the moderator's hands: items leased to this desk, from the claim until the queue has its answer.

use crate::moderation::pass::Opened;
use crate::moderation::{Seen, Served, Sight};
use std::collections::BTreeMap;
use std::sync::Arc;
use tokio::time::Instant;

/// Where an item is between claim and answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Fetched, its turn has not come.
    Ahead,
    /// On screen.
    Shown,
    /// A row of an open batch: not ahead of anything, and of those that were on screen only the screen knows.
    Batch,
    /// Its decision is held or on its way, in the journal under this number.
    Held(u64),
    /// Passed or released, and the queue has not answered yet. Named in `have` until then: a claim in between would
    /// bring it back.
    Leaving,
}

/// One of them.
#[derive(Clone, Debug)]
pub(super) struct InHand {
    /// As served, and in the order of serving.
    pub served: Arc<Served>,
    /// Its turn.
    pub turn: u64,
    /// Where it is.
    pub place: Place,
    /// Whether it was ever on screen.
    pub seen: bool,
    /// Whether it came as one of a batch: taken back, it is one again.
    pub batch: bool,
    /// When its lease wants renewing: half of it gone.
    pub renew_at: Instant,
}

/// All of them.
#[derive(Default)]
pub(super) struct Hands {
    items: BTreeMap<String, InHand>,
    turns: u64,
}

impl Hands {
    /// Takes one in; a newer revision takes the place of the older.
    pub fn take(&mut self, served: Arc<Served>, renew_at: Instant) {
        self.turns += 1;
        let turn = self.turns;
        let entry = self.items.entry(served.item.id.clone());
        let hand = entry.or_insert_with(|| InHand {
            served: Arc::clone(&served),
            turn,
            place: Place::Ahead,
            seen: false,
            batch: false,
            renew_at,
        });
        hand.served = served;
        hand.renew_at = renew_at;
    }

    pub fn get(&self, item: &str) -> Option<&InHand> {
        self.items.get(item)
    }

    pub fn get_mut(&mut self, item: &str) -> Option<&mut InHand> {
        self.items.get_mut(item)
    }

    pub fn remove(&mut self, item: &str) -> Option<InHand> {
        self.items.remove(item)
    }

    pub fn iter(&self) -> impl Iterator<Item = (&String, &InHand)> {
        self.items.iter()
    }

    /// An item came on screen; one that was there and is not decided waits before the others again.
    pub fn show(&mut self, item: &str) {
        for hand in self.items.values_mut().filter(|hand| hand.place == Place::Shown) {
            hand.place = Place::Ahead;
        }
        if let Some(hand) = self.items.get_mut(item)
            && matches!(hand.place, Place::Ahead | Place::Batch)
        {
            hand.place = Place::Shown;
            hand.seen = true;
        }
    }

    /// How many wait for their turn.
    pub fn ahead(&self) -> usize {
        self.items.values().filter(|hand| hand.place == Place::Ahead).count()
    }

    /// What the moderator could still decide, in turn; with `shown` also what is on screen.
    pub fn undecided(&self, shown: bool) -> Vec<String> {
        let mut items: Vec<_> = self
            .items
            .iter()
            .filter(|(_, hand)| {
                hand.place == Place::Ahead || (shown && matches!(hand.place, Place::Shown | Place::Batch))
            })
            .collect();
        items.sort_by_key(|(_, hand)| hand.turn);
        items.into_iter().map(|(id, _)| id.clone()).collect()
    }

    /// What the desk itself can say of an item it hands back: never on screen, or not known how much of it.
    pub fn sight(&self, item: &str) -> Sight {
        let hand = self.items.get(item);
        let revision = hand.map_or(1, |hand| hand.served.item.revision);
        let seen = hand.is_none_or(|hand| hand.seen);
        Sight {
            item: item.to_owned(),
            revision,
            seen: if seen { Seen::Full } else { Seen::Summary },
            opened: (!seen).then_some(Opened::None),
            severity: None,
            presented_at: None,
            active_ms: (!seen).then_some(0),
        }
    }
}
