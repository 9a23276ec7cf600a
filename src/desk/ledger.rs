//! The journal as the desk uses it: its entries with what is known of them, and the items they concern. Both the
//! screen's thread (a key) and the desk's own (a call) hold it for moments; nobody syncs while holding it.

use super::hands::{Hands, Place};
use super::journal::{Entry, Journal, Medium, Slot};
use super::{JournalError, TakenBack, Unsettled};
use crate::moderation::{Decision, Recorded, Served};
use serde_json::Value;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};
use uuid::Uuid;

/// How far a held decision is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// Being written: nobody may touch it.
    Writing,
    /// Can be taken back.
    Held,
    /// On the line, or was and may have been recorded.
    Sending,
}

/// A decision or a batch in the journal.
pub(super) struct Filed {
    pub slot: Slot,
    /// What has no answer yet.
    pub open: Vec<Decision>,
    /// How many they were: with one of them recorded, the rest cannot be taken back as if nothing had left.
    pub whole: usize,
    pub stage: Stage,
}

impl Filed {
    pub fn new(slot: Slot, open: Vec<Decision>, stage: Stage) -> Self {
        Self { slot, whole: open.len(), open, stage }
    }
}

/// All that is in the journal, and all that is in hand.
pub(super) struct Inner {
    pub journal: Journal,
    pub held: BTreeMap<u64, Filed>,
    pub refused: Vec<(Slot, Unsettled)>,
    pub drafts: BTreeMap<String, (Slot, Value)>,
    pub hands: Hands,
    /// Another desk has taken over, or this one is closed.
    pub shut: bool,
}

/// Shared by the two threads of a desk.
#[derive(Clone)]
pub(super) struct Ledger(Arc<Mutex<Inner>>);

impl Ledger {
    pub fn new(journal: Journal) -> Self {
        Self(Arc::new(Mutex::new(Inner {
            journal,
            held: BTreeMap::new(),
            refused: Vec::new(),
            drafts: BTreeMap::new(),
            hands: Hands::default(),
            shut: false,
        })))
    }

    pub fn lock(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().expect("nobody panics while holding the ledger")
    }

    /// Another desk takes over: nothing is written here any more, and what is left is the other's to adopt.
    pub fn let_go(&self) {
        let mut inner = self.lock();
        inner.shut = true;
        inner.held.clear();
        if let Err(error) = inner.journal.sync() {
            tracing::warn!(%error, "the journal could not be synced on taking leave");
        }
        inner.journal.medium().unlock();
    }

    fn open(&self) -> Result<MutexGuard<'_, Inner>, JournalError> {
        let inner = self.lock();
        if inner.shut { Err(JournalError::TakenOver) } else { Ok(inner) }
    }

    fn sync(&self) -> Result<(), JournalError> {
        let medium = self.lock().journal.medium();
        medium.sync().map_err(|error| super::journal::failed(&error))
    }

    /// Writes one entry and syncs it.
    pub fn write(&self, entry: &Entry<'_>) -> Result<Slot, JournalError> {
        let payload = entry.payload();
        let slot = self.open()?.journal.write(&payload)?;
        if let Err(error) = self.sync() {
            let _ = self.lock().journal.erase(slot);
            return Err(error);
        }
        Ok(slot)
    }

    /// Erases entries that are settled; unsynced, because a settled one that came back is settled again.
    pub fn erase(&self, slots: impl IntoIterator<Item = Slot>) {
        let Ok(mut inner) = self.open() else { return };
        for slot in slots {
            if let Err(error) = inner.journal.erase(slot) {
                tracing::warn!(%error, seq = slot.seq, "a settled journal entry could not be erased");
            }
        }
        if let Err(error) = inner.journal.tidy() {
            tracing::warn!(%error, "the journal could not be shortened");
        }
    }

    /// See [`super::Desk::hold`]; `sync` makes the medium durable. Answers the entry's number.
    pub fn hold(
        &self,
        decisions: &[Decision],
        sync: impl FnOnce(&Arc<dyn Medium>) -> std::io::Result<()>,
    ) -> Result<u64, JournalError> {
        let payload = Entry::Held(Cow::Borrowed(decisions)).payload();
        let (slot, medium) = {
            let mut inner = self.open()?;
            let slot = inner.journal.write(&payload)?;
            inner.held.insert(slot.seq, Filed::new(slot, decisions.to_vec(), Stage::Writing));
            (slot, inner.journal.medium())
        };
        let synced = sync(&medium);
        let mut inner = self.lock();
        if let Err(error) = synced {
            inner.held.remove(&slot.seq);
            let _ = inner.journal.erase(slot);
            return Err(super::journal::failed(&error));
        }
        for decision in decisions {
            if let Some(hand) = inner.hands.get_mut(&decision.item) {
                hand.place = Place::Held(slot.seq);
            }
            if let Some((draft, _)) = inner.drafts.remove(&decision.item) {
                let _ = inner.journal.erase(draft);
            }
        }
        if let Some(filed) = inner.held.get_mut(&slot.seq) {
            filed.stage = Stage::Held;
        }
        Ok(slot.seq)
    }

    /// See [`super::Desk::take_back`]; with the entry's number where it is taken back.
    pub fn take_back(&self, decision: Uuid) -> Result<(TakenBack, Option<u64>), JournalError> {
        let (seq, filed, medium) = {
            let mut inner = self.open()?;
            let found = inner
                .held
                .iter()
                .find(|(_, filed)| filed.stage == Stage::Held && filed.open.iter().any(|one| one.id == decision))
                .map(|(seq, _)| *seq);
            let Some(seq) = found else { return Ok((TakenBack::Sent, None)) };
            let filed = inner.held.remove(&seq).expect("it was just found");
            if let Err(error) = inner.journal.erase(filed.slot) {
                inner.held.insert(seq, filed);
                return Err(error);
            }
            (seq, filed, inner.journal.medium())
        };
        let synced = medium.sync();
        let mut inner = self.lock();
        if let Err(error) = synced {
            // Not safely undone, so it is not undone: written again it is sent, as before.
            let payload = Entry::Held(Cow::Borrowed(&filed.open)).payload();
            let slot = inner.journal.write(&payload)?;
            inner.held.insert(seq, Filed { slot, ..filed });
            return Err(super::journal::failed(&error));
        }
        let mut back = Vec::new();
        for one in &filed.open {
            if let Some(hand) = inner.hands.get_mut(&one.item)
                && hand.place == Place::Held(seq)
            {
                hand.place = if hand.batch { Place::Batch } else { Place::Ahead };
                back.push(Arc::clone(&hand.served));
            }
        }
        Ok((TakenBack::Back(back), Some(seq)))
    }

    /// See [`super::Desk::keep_draft`].
    pub fn keep_draft(&self, item: &str, draft: Option<&Value>) -> Result<(), JournalError> {
        let Some(draft) = draft else {
            let forgotten = self.open()?.drafts.remove(item);
            if let Some((slot, _)) = forgotten {
                self.open()?.journal.erase(slot)?;
                self.sync()?;
            }
            return Ok(());
        };
        let slot = self.write(&Entry::Draft { item: item.to_owned(), draft: Cow::Borrowed(draft) })?;
        let mut inner = self.lock();
        if let Some((older, _)) = inner.drafts.insert(item.to_owned(), (slot, draft.clone())) {
            let _ = inner.journal.erase(older);
        }
        Ok(())
    }

    /// Files the answers of the queue: what is recorded is erased, what could not be is kept until it is read.
    pub fn settle(&self, seqs: &[u64], results: &[Recorded]) -> Vec<Unsettled> {
        let mut impossible = Vec::new();
        let mut done = Vec::new();
        {
            let mut inner = self.lock();
            for seq in seqs {
                let Some(filed) = inner.held.get_mut(seq) else { continue };
                let (slot, mut items) = (filed.slot, Vec::new());
                filed.open.retain(|decision| {
                    let Some(result) = results.iter().find(|result| result.id == decision.id) else {
                        return true;
                    };
                    items.push(decision.item.clone());
                    if !result.outcome.is_success() {
                        impossible.push(Unsettled { decision: decision.clone(), result: Some(result.clone()) });
                    }
                    false
                });
                if filed.open.is_empty() {
                    inner.held.remove(seq);
                    done.push(slot);
                }
                for item in items {
                    if inner.hands.get(&item).is_some_and(|hand| hand.place == Place::Held(*seq)) {
                        inner.hands.remove(&item);
                    }
                }
            }
        }
        // First on the disk as refused, then gone as held: a crash in between sends it once more.
        for unsettled in &impossible {
            match self.write(&Entry::Refused(Box::new(without_content(unsettled)))) {
                Ok(slot) => self.lock().refused.push((slot, unsettled.clone())),
                Err(error) => {
                    tracing::warn!(%error, id = %unsettled.decision.id, "a refused decision stays in the journal as held");
                    return impossible;
                }
            }
        }
        self.erase(done);
        impossible
    }

    /// Forgets refused decisions that the moderator has read.
    pub fn read(&self, ids: &[Uuid]) {
        let mut slots = Vec::new();
        self.lock().refused.retain(|(slot, unsettled)| {
            let read = ids.contains(&unsettled.decision.id);
            if read {
                slots.push(*slot);
            }
            !read
        });
        self.erase(slots);
    }

    /// Everything that is neither recorded nor read as impossible.
    pub fn unsettled(&self) -> Vec<Unsettled> {
        let inner = self.lock();
        let refused = inner.refused.iter().map(|(_, unsettled)| unsettled.clone());
        let unsent = inner.held.values().flat_map(|filed| filed.open.iter());
        refused.chain(unsent.map(|decision| Unsettled { decision: decision.clone(), result: None })).collect()
    }

    /// Items whose decisions have no answer yet.
    pub fn held_items(&self) -> Vec<String> {
        let inner = self.lock();
        inner.held.values().flat_map(|filed| filed.open.iter().map(|one| one.item.clone())).collect()
    }
}

/// A refused decision as it is kept: an item that came with the answer is the queue's, not the journal's.
fn without_content(unsettled: &Unsettled) -> Unsettled {
    let mut kept = unsettled.clone();
    if let Some(result) = &mut kept.result {
        result.item = None::<Box<Served>>;
    }
    kept
}
