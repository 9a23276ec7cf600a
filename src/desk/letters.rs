//! House letters: the same in every language, for every client and on every face of the desk.

use crate::moderation::{AlertKind, By, Measure, PassReason};

/// Measures of `restrict`.
pub fn measures() -> impl Iterator<Item = (Measure, char)> {
    Measure::ALL.into_iter().zip(['h', 'r', 'c', 'a', 'd', 'l'])
}

/// Why an item is handed back.
pub fn passes() -> impl Iterator<Item = (PassReason, char)> {
    PassReason::ALL.into_iter().zip(['l', 't', 'c', 'n'])
}

/// What is about to happen.
pub fn alerts() -> impl Iterator<Item = (AlertKind, char)> {
    AlertKind::ALL.into_iter().zip(['s', 't', 'a', 'c'])
}

/// Levels of severity.
pub fn grades() -> impl Iterator<Item = (u8, char)> {
    (0..=4).zip(['n', 'm', 'd', 'g', 'x'])
}

/// Queues to escalate to, in the order of [`super::House::escalation_targets`]: the first has the letter of the key.
pub fn escalations(targets: Vec<String>) -> impl Iterator<Item = (String, char)> {
    targets.into_iter().zip("eabcdfghijklmnopqrstuvwxyz".chars())
}

/// By what items belong together.
pub fn together(by: By) -> char {
    match by {
        By::Text => 't',
        By::Alike => 'n',
        By::Link => 'l',
        By::Author => 'a',
        By::Thread => 'v',
    }
}
