//! What somebody brings to the queue, made ready before its turn.

use super::keeper::import::Ready;
use super::{ImportOptions, Incoming};
use std::sync::Arc;

/// Items that one caller brings. Guessing their language, sketching their words and writing them as they are kept takes
/// longer than all that the queue's one writer does with them, so it is done here, on the caller's time. A copy shares.
#[derive(Clone)]
pub struct Parcel(Arc<Packed>);

struct Packed {
    items: Vec<(Incoming, Ready)>,
    options: ImportOptions,
}

impl Parcel {
    /// Made ready; this is the work.
    pub fn of(items: Vec<Incoming>, options: ImportOptions) -> Self {
        let ready = |incoming: Incoming| {
            let ready = Ready::of(&incoming.item);
            (incoming, ready)
        };
        Self(Arc::new(Packed { items: items.into_iter().map(ready).collect(), options }))
    }

    /// How many items.
    pub fn len(&self) -> usize {
        self.0.items.len()
    }

    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        self.0.items.is_empty()
    }

    /// Who brings it; what goes in together is best in the order of these, since each change is an entry in the log.
    pub fn by(&self) -> Option<&str> {
        self.0.options.by.as_deref()
    }

    pub(in crate::store) fn items(&self) -> &[(Incoming, Ready)] {
        &self.0.items
    }

    /// For items that name no queue.
    pub(in crate::store) fn queue(&self) -> Option<&str> {
        self.0.options.queue.as_deref()
    }
}
