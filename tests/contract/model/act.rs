//! What may happen on a morning.

use moddesk::moderation::Verdict;
use proptest::collection::vec;
use proptest::prelude::*;

/// One thing that somebody does. Numbers pick among what there is by then.
#[derive(Clone, Debug)]
pub enum Act {
    /// A new item comes in.
    Bring { priority: i32, due: Option<i64>, author: usize },
    /// A known one comes again: edited, or as it was.
    Again { which: usize, edited: bool },
    /// A desk asks for items; a fresh one takes over.
    Claim { who: usize, desk: usize, fresh: bool, max: u32 },
    /// A desk says that it is alive.
    Renew { who: usize, desk: usize },
    /// A verdict on something once served, however long ago; a claim may ride along.
    Decide { who: usize, which: usize, what: Verdict, more: bool },
    /// A decision is sent once more, as after a lost answer.
    Retry { which: usize },
    /// Handed back with a reason.
    Pass { who: usize, which: usize, conflict: bool },
    /// Handed back without one.
    Release { who: usize, which: usize },
    /// A recorded decision is undone, by whoever made it or by the supervisor.
    Reverse { who: usize, which: usize, above: bool },
    /// The platform takes an item back.
    Withdraw { which: usize },
    /// A voluntary break begins.
    Rest { who: usize },
    /// Enter on the break screen.
    Resume { who: usize },
    /// What was passed is given back.
    Free,
    /// Somebody goes home.
    SignOut { who: usize },
    /// Time passes.
    Turn { seconds: u64 },
    /// The store is closed and opened again.
    Reopen,
}

fn any_act() -> impl Strategy<Value = Act> {
    let (who, which, desk) = (0..3usize, 0..1000usize, 0..2usize);
    let what = prop_oneof![
        4 => Just(Verdict::Approve),
        2 => Just(Verdict::Delete),
        1 => Just(Verdict::Restrict),
        3 => Just(Verdict::Escalate),
    ];
    let due = prop_oneof![3 => Just(None), 1 => (-20..90i64).prop_map(Some)];
    prop_oneof![
        6 => (-2..3i32, due, 0..4usize).prop_map(|(priority, due, author)| Act::Bring { priority, due, author }),
        2 => (which.clone(), any::<bool>()).prop_map(|(which, edited)| Act::Again { which, edited }),
        10 => (who.clone(), desk.clone(), prop::bool::weighted(0.3), 0..5u32)
            .prop_map(|(who, desk, fresh, max)| Act::Claim { who, desk, fresh, max }),
        3 => (who.clone(), desk).prop_map(|(who, desk)| Act::Renew { who, desk }),
        12 => (who.clone(), which.clone(), what, any::<bool>())
            .prop_map(|(who, which, what, more)| Act::Decide { who, which, what, more }),
        2 => which.clone().prop_map(|which| Act::Retry { which }),
        3 => (who.clone(), which.clone(), prop::bool::weighted(0.2))
            .prop_map(|(who, which, conflict)| Act::Pass { who, which, conflict }),
        2 => (who.clone(), which.clone()).prop_map(|(who, which)| Act::Release { who, which }),
        4 => (who.clone(), which.clone(), prop::bool::weighted(0.3))
            .prop_map(|(who, which, above)| Act::Reverse { who, which, above }),
        1 => which.prop_map(|which| Act::Withdraw { which }),
        1 => who.clone().prop_map(|who| Act::Rest { who }),
        2 => who.clone().prop_map(|who| Act::Resume { who }),
        1 => Just(Act::Free),
        1 => who.prop_map(|who| Act::SignOut { who }),
        5 => prop_oneof![1..30u64, 60..400u64, 200..1300u64].prop_map(|seconds| Act::Turn { seconds }),
        1 => Just(Act::Reopen),
    ]
}

/// A morning's worth of it, beginning with something to do.
pub fn morning() -> impl Strategy<Value = Vec<Act>> {
    let bring = (-2..3i32, 0..4usize).prop_map(|(priority, author)| Act::Bring { priority, due: None, author });
    (vec(bring, 3..9), vec(any_act(), 10..90)).prop_map(|(mut acts, more)| {
        acts.extend(more);
        acts
    })
}
