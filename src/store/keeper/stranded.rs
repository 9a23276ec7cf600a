//! What waits although all who may take it have handed it back, or reported it: found without looking at everything
//! that somebody passed.
//!
//! Most of what was passed has other takers. So of each bucket only one taker counts, the one from whom least is kept;
//! where nothing is kept from one of them nothing can be stranded. And a bucket in which less waits than is kept from
//! that one is looked through itself: whoever reads a rare language alone may have passed a thousand others.

use super::floor::Waits;
use crate::store::Result;
use std::collections::{HashMap, HashSet};

/// Rows that are looked at for it.
pub(in crate::store) trait Handed {
    /// What is kept from whom: item and person.
    fn kept_from(&self) -> Result<Vec<(i64, i64)>>;
    /// Everything that waits in a bucket.
    fn waiting_in(&self, bucket: i64) -> Result<Vec<i64>>;
    /// Of these items the ones that wait.
    fn waits_of(&self, items: &[i64]) -> Result<Vec<(i64, Waits)>>;
}

/// An item is looked up in the time in which so many that wait are read one behind the other.
const LOOK_UP: usize = 4;

/// What waits and is kept from all of its takers. `takers` has every bucket in which something waits, with those who
/// may take from it; `waiting` says how much.
pub(in crate::store) fn handed_back_by_all(
    from: &impl Handed,
    takers: &HashMap<i64, Vec<i64>>,
    waiting: impl Fn(i64) -> i64,
) -> Result<Vec<Waits>> {
    let mut kept: HashMap<i64, Vec<i64>> = HashMap::new();
    let mut many: HashMap<i64, usize> = HashMap::new();
    for (item, person) in from.kept_from()? {
        kept.entry(item).or_default().push(person);
        *many.entry(person).or_default() += 1;
    }
    let from_all =
        |item: i64, may: &[i64]| kept.get(&item).is_some_and(|people| may.iter().all(|person| people.contains(person)));
    let mut candidates: HashSet<i64> = HashSet::new();
    let mut asked: HashSet<&[i64]> = HashSet::new();
    for (bucket, may) in takers {
        let least = may.iter().map(|person| many.get(person).copied().unwrap_or_default()).min().unwrap_or_default();
        if least == 0 {
            continue;
        }
        if usize::try_from(waiting(*bucket)).is_ok_and(|waiting| waiting <= least.saturating_mul(LOOK_UP)) {
            candidates.extend(from.waiting_in(*bucket)?.into_iter().filter(|item| from_all(*item, may)));
        } else {
            asked.insert(may);
        }
    }
    for may in asked {
        candidates.extend(kept.keys().filter(|item| from_all(**item, may)));
    }
    let mut candidates: Vec<i64> = candidates.into_iter().collect();
    candidates.sort_unstable();
    let mut found = from.waits_of(&candidates)?;
    found.retain(|(item, waits)| takers.get(&waits.bucket).is_some_and(|may| !may.is_empty() && from_all(*item, may)));
    Ok(found.into_iter().map(|(_, waits)| waits).collect())
}
