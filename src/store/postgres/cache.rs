//! What the keeper's pages hold in memory: what waits first in every bucket, what is in somebody's hands, and what was
//! just looked up. All of it can be read anew; none of it is the truth.

use crate::store::keeper::hot::Lane;
use crate::store::keeper::lease::{ItemRow, LIVE};
use crate::store::keeper::shelf::{AuthorItemRow, AuthorRow, LogRow};
use crate::store::serving::Place;
use bytes::Bytes;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Bound;
use uuid::Uuid;

/// How many places a window holds at most before its tail is let go.
const WINDOW: usize = 4_096;
/// How many of an author's items are kept with them.
pub(super) const RECENT: usize = 5;

/// That somebody had an item in hand, as the table has it.
#[derive(Clone, Debug, Default)]
pub(super) struct HandRow {
    pub round: i64,
    pub revision: i64,
    pub at: i64,
    pub booked: Option<String>,
    pub sight: Option<String>,
}

/// One item and what belongs to it, as far as it is known.
pub(super) struct Folder {
    pub row: ItemRow,
    pub body: Option<Bytes>,
    /// Everybody who ever had it in hand; `None` where nobody has looked.
    pub hands: Option<Vec<(i64, HandRow)>>,
}

/// The head of a bucket in one of its orders: every place up to `bound`.
#[derive(Default)]
pub(super) struct Window {
    pub places: BTreeSet<(i64, Place)>,
    pub bound: Option<(i64, Place)>,
    /// There is nothing behind what is here.
    pub whole: bool,
}

/// A place as it compares in an order.
pub(super) fn key(lane: Lane, place: Place) -> (i64, Place) {
    match lane {
        Lane::Order => (0, place),
        Lane::Due => place.by_due(),
    }
}

impl Window {
    pub(super) fn after(&self, after: Option<(i64, Place)>) -> Option<Place> {
        let from = after.map_or(Bound::Unbounded, Bound::Excluded);
        self.places.range((from, Bound::Unbounded)).next().map(|(_, place)| *place)
    }

    fn covers(&self, key: (i64, Place)) -> bool {
        self.whole || self.bound.is_some_and(|bound| key <= bound)
    }

    /// Notes a place that is filled, where it falls into the window.
    pub(super) fn fill(&mut self, key: (i64, Place)) {
        if !self.covers(key) {
            return;
        }
        self.places.insert(key);
        if self.places.len() > WINDOW {
            for _ in 0..WINDOW / 2 {
                self.places.pop_last();
            }
            (self.bound, self.whole) = (self.places.last().copied(), false);
        }
    }
}

/// An author, as far as they are known.
#[derive(Clone, Default)]
pub(super) struct AuthorFolder {
    pub row: Option<Option<AuthorRow>>,
    pub items: Option<Vec<AuthorItemRow>>,
}

/// Verdict, policy, how often.
pub(super) type AlikeRow = (i64, Vec<u8>, i64);

#[derive(Default)]
pub(super) struct Cache {
    pub folders: HashMap<i64, Folder>,
    pub ids: HashMap<String, i64>,
    /// Ids that an import has looked for in vain.
    pub absent: HashSet<String>,
    pub windows: HashMap<(i64, Lane), Window>,
    pub authors: HashMap<i64, AuthorFolder>,
    pub alike: HashMap<i64, Vec<AlikeRow>>,
    pub logged: HashMap<Uuid, i64>,
    pub entries: HashMap<i64, LogRow>,
    pub held: HashSet<i64>,
    pub levels: HashMap<i64, i64>,
    /// Partitions that are known to be there, by year and month.
    pub months: HashSet<String>,
}

impl Cache {
    pub(super) fn keep(&mut self, row: ItemRow, body: Option<Bytes>) {
        if !self.folders.contains_key(&row.seq) {
            self.ids.insert(row.id.clone(), row.seq);
            self.folders.insert(row.seq, Folder { row, body, hands: None });
        }
    }

    fn forget(&mut self, item: i64) {
        if let Some(folder) = self.folders.remove(&item) {
            self.ids.remove(&folder.row.id);
        }
    }

    /// What waits in a bucket has changed: every window that shows it changes with it.
    pub(super) fn filled(&mut self, bucket: i64, place: Place) {
        for lane in [Lane::Order, Lane::Due] {
            if let Some(window) = self.windows.get_mut(&(bucket, lane))
                && (lane == Lane::Order || place.due != crate::store::serving::NO_DUE)
            {
                window.fill(key(lane, place));
            }
        }
    }

    pub(super) fn emptied(&mut self, bucket: i64, place: Place) {
        for lane in [Lane::Order, Lane::Due] {
            if let Some(window) = self.windows.get_mut(&(bucket, lane)) {
                window.places.remove(&key(lane, place));
            }
        }
    }

    /// Whether an item stands in the window of its bucket.
    fn in_sight(&self, row: &ItemRow) -> bool {
        let shown =
            |lane| self.windows.get(&(row.bucket, lane)).is_some_and(|w| w.places.contains(&key(lane, row.place())));
        row.state == LIVE && (shown(Lane::Order) || shown(Lane::Due))
    }

    /// Lets go of what nobody will ask for soon. Only after everything pending is on its way to the database.
    pub(super) fn tidy(&mut self, touched: impl Iterator<Item = i64>) {
        const MANY: usize = 100_000;
        self.absent.clear();
        for item in touched {
            let gone = self.folders.get(&item).is_some_and(|f| !self.held.contains(&item) && !self.in_sight(&f.row));
            if gone {
                self.forget(item);
            }
        }
        if self.folders.len() > self.held.len() + MANY {
            let held = std::mem::take(&mut self.held);
            self.folders.retain(|item, _| held.contains(item));
            self.held = held;
            let folders = &self.folders;
            self.ids.retain(|_, item| folders.contains_key(item));
        }
        if self.authors.len() > MANY / 5 {
            self.authors.clear();
        }
        if self.alike.len() > MANY {
            self.alike.clear();
        }
        if self.logged.len() > MANY {
            self.logged.clear();
        }
        if self.entries.len() > MANY / 5 {
            self.entries.clear();
        }
    }
}
