//! What waits although all who may take it have handed it back, or reported it: found without looking at everything
//! that somebody passed.
//!
//! Most of what was passed has other takers. So for those who may take the same, only what is kept from one of them
//! counts, the one from whom least is; what of it is kept from the others too is found in memory. It is looked up, but
//! for what is met in short buckets, which are read first: whoever reads a rare language alone may have passed a
//! thousand of it.

use crate::store::Result;
use std::collections::{BTreeSet, HashMap, HashSet};

/// Rows that are looked at for it.
pub(in crate::store) trait Handed {
    /// How much is kept from whom: person and number.
    fn kept_from_each(&self) -> Result<Vec<(i64, usize)>>;
    /// What is kept from one of these people, and from whom else: item and person.
    fn kept_from(&self, people: &[i64]) -> Result<Vec<(i64, i64)>>;
    /// Everything that waits in these buckets.
    fn waiting_in(&self, buckets: &[i64]) -> Result<Vec<Unserved>>;
    /// Of these items the ones that wait.
    fn waiting_of(&self, items: &[i64]) -> Result<Vec<Unserved>>;
}

/// Something that waits, as far as the order in which it is served knows it.
#[derive(Clone, Copy)]
pub(in crate::store) struct Unserved {
    pub item: i64,
    pub bucket: i64,
    pub received: i64,
    pub due: i64,
}

/// An item is looked up in the time in which so many that wait are read one behind the other, so that short buckets are
/// read up to what looking up all would cost.
const LOOK_UP: usize = 4;

/// What waits and is kept from all of its takers. `takers` has every bucket in which something waits, with those who
/// may take from it; `waiting` says how much.
pub(in crate::store) fn handed_back_by_all(
    from: &impl Handed,
    takers: &HashMap<i64, Vec<i64>>,
    waiting: impl Fn(i64) -> i64,
) -> Result<Vec<Unserved>> {
    let mut shared: HashMap<&[i64], Vec<(usize, i64)>> = HashMap::new();
    for (bucket, may) in takers {
        let many = usize::try_from(waiting(*bucket)).unwrap_or_default();
        shared.entry(may).or_default().push((many, *bucket));
    }
    let many: HashMap<i64, usize> = from.kept_from_each()?.into_iter().collect();
    let of = |person: &i64| many.get(person).copied().unwrap_or_default();
    let least = |may: &[i64]| may.iter().copied().min_by_key(of).filter(|person| of(person) > 0);
    let people: BTreeSet<i64> = shared.keys().filter_map(|may| least(may)).collect();
    if people.is_empty() {
        return Ok(Vec::new());
    }
    let mut kept: HashMap<i64, Vec<i64>> = HashMap::new();
    let mut from_one: HashMap<i64, Vec<i64>> = HashMap::new();
    for (item, person) in from.kept_from(&people.into_iter().collect::<Vec<_>>())? {
        kept.entry(item).or_default().push(person);
        from_one.entry(person).or_default().push(item);
    }
    let from_all =
        |item: i64, may: &[i64]| kept.get(&item).is_some_and(|people| may.iter().all(|person| people.contains(person)));
    let (mut found, mut candidates) = (Vec::new(), HashSet::new());
    for (may, mut buckets) in shared {
        let Some(theirs) = least(may).and_then(|person| from_one.get(&person)) else { continue };
        let mut all: HashSet<i64> = theirs.iter().copied().filter(|item| from_all(*item, may)).collect();
        buckets.sort_unstable();
        let mut left = all.len().saturating_mul(LOOK_UP);
        let mut small = Vec::new();
        for (many, bucket) in buckets {
            let Some(less) = left.checked_sub(many) else { break };
            left = less;
            small.push(bucket);
        }
        if !small.is_empty() {
            found.extend(from.waiting_in(&small)?.into_iter().filter(|one| all.remove(&one.item)));
        }
        candidates.extend(all);
    }
    let mut candidates: Vec<i64> = candidates.into_iter().collect();
    candidates.sort_unstable();
    let theirs = |one: &Unserved| takers.get(&one.bucket).is_some_and(|may| !may.is_empty() && from_all(one.item, may));
    // Who may take the rest is known only now: it may have been moved since it was handed back.
    let known: HashSet<i64> = found.iter().map(|one| one.item).collect();
    candidates.retain(|item| !known.contains(item));
    found.extend(from.waiting_of(&candidates)?.into_iter().filter(theirs));
    Ok(found)
}
