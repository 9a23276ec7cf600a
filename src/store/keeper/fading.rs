//! What is kept of people fades by the queue's own clock: after the time that the rules set, breaks are only part of a
//! sum that names nobody, and finished shifts and what was looked at are gone.

use super::Keeper;
use super::shelf::Shelf;
use crate::store::Result;
use crate::wellbeing::Record;
use crate::wellbeing::retention::{BreakSum, fold};
use std::collections::BTreeMap;

/// Under which name it is noted on which day this was last done.
const DONE: &str = "faded";
/// Under which name the sums are kept: month and rule, then what is left of the breaks.
const SUMS: &str = "breaks";

impl<S: Shelf> Keeper<S> {
    /// Does it, once a day and so much at a time. Answers whether more is to be done.
    pub(in crate::store) fn fade(&mut self, most: u32) -> Result<bool> {
        let kept = i64::try_from(self.options.rules.privacy.retention.as_micros()).unwrap_or(i64::MAX);
        let before = self.micros.saturating_sub(kept);
        let today = (self.micros / 86_400_000_000).to_string();
        // A young queue has nothing so old, and a large one is looked through once a day.
        let young = self.shelf.entry(1)?.is_none_or(|first| first.at >= before);
        if young || self.shelf.meta(DONE)?.as_deref() == Some(&today) {
            return Ok(false);
        }
        let old = self.shelf.rests_before(before, most)?;
        let mut sums = BTreeMap::new();
        for (id, kind, body) in &old {
            if kind == "break"
                && let Ok(record) = serde_json::from_str::<Record>(body)
            {
                fold(&mut sums, [&record]);
            }
            self.shelf.drop_rest(*id)?;
        }
        if !sums.is_empty() {
            let stood = self.shelf.meta(SUMS)?.unwrap_or_default();
            let mut all: BTreeMap<String, BreakSum> = serde_json::from_str(&stood).unwrap_or_default();
            for ((month, rule), more) in sums {
                let sum = all.entry(format!("{month} {rule}")).or_default();
                sum.breaks += more.breaks;
                sum.lasted_s += more.lasted_s;
                sum.required_s += more.required_s;
                sum.deferred_s += more.deferred_s;
            }
            self.shelf.put_meta(SUMS, &serde_json::to_string(&all).expect("sums are always JSON"))?;
        }
        let looks = self.shelf.forget_looks(before, most)?;
        let more = old.len() as u64 >= u64::from(most) || looks >= u64::from(most);
        if !more {
            self.shelf.put_meta(DONE, &today)?;
        }
        self.erased |= looks > 0 || !old.is_empty();
        Ok(more)
    }
}
