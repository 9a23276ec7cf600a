//! What comes in and goes out, by the minute, and how much of it is removed.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Minutes that are remembered.
pub const MINUTES: usize = 60;
/// Full minutes that make the pace: long enough that one coffee does not turn a forecast round.
const PACE: usize = 15;

/// Counts of full minutes and the running one, which stands last. As long as the past is known, at most an hour.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Flow {
    /// Came in: imported, escalated or moved here, come back by a reversal.
    pub came: Vec<u32>,
    /// Went out: decided, escalated or moved away, withdrawn.
    pub left: Vec<u32>,
}

impl Flow {
    /// In a minute, over the last full minutes.
    pub fn pace_in(&self) -> f64 {
        pace(&self.came)
    }

    /// Out a minute, over the last full minutes.
    pub fn pace_out(&self) -> f64 {
        pace(&self.left)
    }
}

/// The mean of the last full minutes; where there is none yet, of the running one as if it were full.
fn pace(minutes: &[u32]) -> f64 {
    let Some((running, full)) = minutes.split_last() else { return 0.0 };
    let last = &full[full.len().saturating_sub(PACE)..];
    if last.is_empty() {
        return f64::from(*running);
    }
    last.iter().map(|n| f64::from(*n)).sum::<f64>() / last.len() as f64
}

/// Decided, and of that removed (deleted or restricted).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Share {
    /// Decided.
    pub decided: u64,
    /// Removed.
    pub removed: u64,
}

/// Fewer decisions than these tell nothing of a share.
const TELLING: u64 = 20;

impl Share {
    /// In hundredths, rounded; `None` where too little was decided to say.
    pub fn percent(self) -> Option<u64> {
        (self.decided >= TELLING).then(|| (self.removed.min(self.decided) * 100 + self.decided / 2) / self.decided)
    }

    /// Whether this day is unlike the days before it: by ten hundredths and by half.
    pub fn is_unlike(self, usual: Self) -> bool {
        let (Some(now), Some(before)) = (self.percent(), usual.percent()) else { return false };
        let apart = now.abs_diff(before);
        apart >= 10 && apart * 2 >= before
    }
}

/// Bars for a series: so many columns, each the sum of what falls into it, the highest as a full one. Empty minutes
/// are blank, so that a screen without colour and one that reads aloud both know them.
pub fn bars(minutes: &[u32], columns: usize) -> String {
    const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    if columns == 0 || minutes.is_empty() {
        return String::new();
    }
    let per = minutes.len().div_ceil(columns);
    let sums: Vec<u64> = minutes.rchunks(per).map(|part| part.iter().map(|n| u64::from(*n)).sum()).collect();
    let most = sums.iter().copied().max().unwrap_or(0);
    let bar = |n: u64| match n {
        0 => ' ',
        n => BARS[usize::try_from((n * 8).div_ceil(most.max(1))).unwrap_or(8).clamp(1, 8) - 1],
    };
    sums.into_iter().rev().map(bar).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_pace_leaves_the_running_minute_out_unless_it_is_all_there_is() {
        let flow = Flow { came: vec![4, 2, 90], left: vec![7] };
        assert!((flow.pace_in() - 3.0).abs() < 1e-9);
        assert!((flow.pace_out() - 7.0).abs() < 1e-9);
        assert!(Flow::default().pace_in().abs() < 1e-9);
    }

    #[test]
    fn a_share_says_nothing_of_a_handful() {
        assert_eq!(Share { decided: 19, removed: 19 }.percent(), None);
        assert_eq!(Share { decided: 200, removed: 25 }.percent(), Some(13));
        let usual = Share { decided: 1_000, removed: 100 };
        assert!(Share { decided: 100, removed: 30 }.is_unlike(usual));
        assert!(!Share { decided: 100, removed: 18 }.is_unlike(usual));
        assert!(!Share { decided: 10, removed: 10 }.is_unlike(usual));
    }

    proptest! {
        #[test]
        fn bars_fit_and_only_nothing_is_blank(minutes in prop::collection::vec(0u32..500, 0..70), columns in 1usize..40) {
            let drawn = bars(&minutes, columns);
            prop_assert!(drawn.chars().count() <= columns);
            let blank = drawn.chars().all(|bar| bar == ' ');
            prop_assert_eq!(blank, minutes.iter().all(|n| *n == 0));
            if minutes.iter().any(|n| *n > 0) {
                prop_assert!(drawn.contains('█'));
            }
        }

        #[test]
        fn a_percentage_is_one(decided in 0u64..1_000_000, removed in 0u64..1_000_000) {
            let share = Share { decided, removed };
            prop_assert!(share.percent().is_none_or(|percent| percent <= 100));
            prop_assert!(!share.is_unlike(share));
        }
    }
}
