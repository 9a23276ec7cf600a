//! Random interleavings of several moderators and desks, held against a simple model written from the contract.
//!
//! The model knows nothing of any engine. Where the contract leaves a choice (what a decision on a lease handed back
//! meets, when within its second a lease of somebody in a break is free), it allows both and follows the answer; what
//! it never allows: an item decided twice in a round, served to two, served again to whoever passed it, lost, served
//! in a break; a gap in the log; figures that do not add up.

mod act;
mod ask;
mod check;
mod play;
mod world;

use crate::engines::{Engine, every_engine, tell};
use crate::house::seasoned;
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use std::time::Duration;

/// How many mornings; `PROPTEST_CASES` asks for more.
const MORNINGS: u32 = 40;

/// Work before a break is due, and the break itself: short, so that every morning meets some.
const WORK: Duration = Duration::from_secs(20 * 60);
const REST: Duration = Duration::from_secs(3 * 60);

fn nothing_is_decided_twice_and_nothing_is_lost(engine: &dyn Engine) {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(MORNINGS);
    let config = Config { cases, failure_persistence: None, max_shrink_time: 60_000, ..Config::default() };
    let outcome = TestRunner::new(config).run(&act::morning(), |acts| {
        tell(engine, async |fresh| {
            let mut rules = seasoned();
            rules.breaks.hourly_work = WORK;
            (rules.breaks.hourly, rules.breaks.hourly_if_no_points) = (REST, REST);
            let house = fresh.rules(rules).open().await;
            let mut play = play::Play::begin(house).await;
            for act in &acts {
                play.act(act).await;
            }
            play.end().await;
        });
        Ok::<(), TestCaseError>(())
    });
    if let Err(failure) = outcome {
        panic!("{failure}");
    }
}

every_engine![engine: nothing_is_decided_twice_and_nothing_is_lost];
