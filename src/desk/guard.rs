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

#[cfg(test)]
mod tests {
    use super::*;

    const fn ms(ms: u64) -> Duration {
        Duration::from_millis(ms)
    }

    const ITEM: InFront = InFront { since: ms(1_000), line: ms(0), new_client: false };

    #[test]
    fn an_item_decides_once_it_can_have_been_seen() {
        let settings = Settings { guard: ms(250), ..Settings::default() };
        let at = |item, at| decides(&settings, item, ms(at), None);
        assert_eq!((at(ITEM, 1_249), at(ITEM, 1_250)), (Err(TooSoon::Item), Ok(())));
        let far = InFront { line: ms(300), ..ITEM };
        assert_eq!((at(far, 1_549), at(far, 1_550)), (Err(TooSoon::Item), Ok(())));
        let new = InFront { new_client: true, ..ITEM };
        assert_eq!((at(new, 1_749), at(new, 1_750)), (Err(TooSoon::NewClient), Ok(())));
    }

    #[test]
    fn the_same_again_at_once_is_no_second_decision() {
        let settings = Settings { guard: ms(250), ..Settings::default() };
        let after = |same| decides(&settings, ITEM, ms(2_000), Some(ms(same)));
        assert_eq!((after(1_961), after(1_960)), (Err(TooSoon::Twice), Ok(())));
    }

    #[test]
    fn without_a_guard_nothing_is_timed() {
        let settings = Settings { guard: ms(0), ..Settings::default() };
        assert_eq!(decides(&settings, ITEM, ms(0), Some(ms(0))), Ok(()));
        assert!(clear_of(&settings, ms(1_000), ms(1_000)));
        let settings = Settings { guard: ms(1), ..settings };
        assert!(!clear_of(&settings, ms(1_000), ms(1_399)) && clear_of(&settings, ms(1_000), ms(1_400)));
    }
}
