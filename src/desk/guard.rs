//! Guards against the wrong finger: what may be pressed, or typed, and from when on.

use super::Settings;
use std::time::Duration;

/// The same deciding command within this time of its last is a key held down, or a hand that hit twice.
const TWICE: Duration = Duration::from_millis(40);
/// What opens is refused for so long after the item came, and what ends the shift for so long after an approval, whose
/// key is beside.
const BESIDE: Duration = Duration::from_millis(400);
/// How many times as long the guard is where the client changed.
const NEW_CLIENT: u32 = 3;

/// Why something that decides is refused now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TooSoon {
    /// The same was given a moment ago.
    Twice,
    /// The item is of another client than the one before: it has to have been there longer.
    NewClient,
    /// The item cannot have been seen yet.
    Item,
}

/// The item that something would decide.
#[derive(Clone, Copy, Debug)]
pub struct InFront {
    /// When all of it was there.
    pub since: Duration,
    /// The line's round trip, as far as it can be measured.
    pub line: Duration,
    /// The item before was another client's.
    pub new_client: bool,
}

/// Whether the timed guards are on at all.
pub fn timed(settings: &Settings) -> bool {
    !settings.guard.is_zero()
}

/// Whether something given at `at` may decide the item; `same_before` is when the same was given last.
pub fn decides(settings: &Settings, item: InFront, at: Duration, same_before: Option<Duration>) -> Result<(), TooSoon> {
    if !timed(settings) {
        return Ok(());
    }
    if same_before.is_some_and(|before| at.saturating_sub(before) < TWICE) {
        return Err(TooSoon::Twice);
    }
    let factor = if item.new_client { NEW_CLIENT } else { 1 };
    if at >= item.since + settings.guard * factor + item.line {
        return Ok(());
    }
    Err(if item.new_client { TooSoon::NewClient } else { TooSoon::Item })
}

/// Whether something given at `at` is clear of what happened at `since` and has its key beside.
pub fn clear_of(settings: &Settings, since: Duration, at: Duration) -> bool {
    !timed(settings) || at >= since + BESIDE
}
