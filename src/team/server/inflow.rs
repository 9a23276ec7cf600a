//! Items that come one by one, from many at once: what waits goes in together, and everybody gets their own answer.
//!
//! Each import of the store looks for its ids, writes an entry in the log and takes part in a commit of its own; a
//! platform that sends every comment by itself would pay that for each. Nobody waits for company: whoever comes alone
//! goes in at once, and what comes while that is under way goes next.

use crate::store::{Imported, Parcel, Result, SharedStore, StoreError};
use futures_util::future::join_all;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::oneshot;

/// A body with more items than this goes by itself.
pub(super) const SMALL: usize = 16;
/// A body of more bytes than this does too.
pub(super) const SMALL_BYTES: usize = 64 << 10;
/// So many parcels at most go in together, so that the first does not wait for the whole crowd.
const TOGETHER: usize = 512;
/// So many imports at once: one is written while the next is made up.
const LANES: usize = 2;
/// With fewer than this the second lane stays closed: they go with the next, and nobody is slower for it.
const ENOUGH: usize = 16;

/// Who waits, and on what.
struct Waiting {
    parcel: Parcel,
    back: oneshot::Sender<Result<Imported>>,
}

#[derive(Default)]
struct Queue {
    waiting: Vec<Waiting>,
    lanes: usize,
}

/// The way into the store for those who bring little.
pub struct Inflow {
    store: SharedStore,
    queue: Mutex<Queue>,
}

impl Inflow {
    /// With nobody there.
    pub fn new(store: SharedStore) -> Arc<Self> {
        Arc::new(Self { store, queue: Mutex::default() })
    }

    /// Takes a parcel in, with whatever else waits.
    pub async fn bring(self: &Arc<Self>, parcel: Parcel) -> Result<Imported> {
        let (back, wait) = oneshot::channel();
        if self.join(Waiting { parcel, back }) {
            // By itself: one who goes away must not take the others along.
            tokio::spawn(Arc::clone(self).carry());
        }
        wait.await.map_err(|_| StoreError::Engine("an import fell over".into()))?
    }

    /// Whether a lane has to be opened for it.
    fn join(&self, one: Waiting) -> bool {
        let mut queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
        queue.waiting.push(one);
        let opens = queue.lanes == 0 || (queue.lanes < LANES && queue.waiting.len() >= ENOUGH);
        queue.lanes += usize::from(opens);
        opens
    }

    /// The next to go in together; where nobody waits the lane is closed.
    fn next(&self) -> Vec<Waiting> {
        let mut queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
        let next = queue.waiting.len().min(TOGETHER);
        if next == 0 {
            queue.lanes -= 1;
        }
        queue.waiting.drain(..next).collect()
    }

    async fn carry(self: Arc<Self>) {
        loop {
            // Whoever is at the door already goes along.
            tokio::task::yield_now().await;
            let mut together = self.next();
            if together.is_empty() {
                return;
            }
            // Each keeps their order; a change of who brings it is an entry in the log.
            together.sort_by(|one, other| one.parcel.by().cmp(&other.parcel.by()));
            let (parcels, backs): (Vec<_>, Vec<_>) = together.into_iter().map(|one| (one.parcel, one.back)).unzip();
            // By itself once more: if it should fall over, the lane stays open for those who come after.
            let Ok(answers) = tokio::spawn(Arc::clone(&self).take_in(parcels)).await else { continue };
            for (back, answer) in backs.into_iter().zip(answers) {
                // Whoever has gone away needs no answer.
                let _ = back.send(answer);
            }
        }
    }

    /// An answer for each. What cannot stand together is tried one by one: nobody pays for another's.
    async fn take_in(self: Arc<Self>, parcels: Vec<Parcel>) -> Vec<Result<Imported>> {
        match self.store.take_in(parcels.clone()).await {
            Ok(done) => done.into_iter().map(Ok).collect(),
            Err(error) if error.is_permanent() && parcels.len() > 1 => {
                let alone = parcels.into_iter().map(|parcel| async {
                    let done = self.store.take_in(vec![parcel]).await?;
                    Ok(done.into_iter().next().unwrap_or_default())
                });
                join_all(alone).await
            }
            Err(error) => parcels.iter().map(|_| Err(error.clone())).collect(),
        }
    }
}
