//! Guards against the wrong finger.

use crate::desk::guard::{self, InFront, TooSoon};
use crate::tui::keymap::{Context, Key};
use crate::tui::model::{Mark, Model};
use std::time::Duration;

/// Whether a key may end the item on screen now; else why not. The item must have been on the line for the guard and
/// the line's round trip, in every setting it must have been there at all.
pub fn decides(model: &mut Model, key: Option<Key>) -> Result<(), Mark> {
    let now = model.now();
    let before = model.last_deciding;
    if let Some(key) = key {
        model.last_deciding = Some((key, now));
    }
    let Some(shown) = model.in_front() else { return Err(Mark::new("guard-no-item")) };
    let Some(on_line) = shown.on_line_at else { return Err(Mark::new("guard-too-early")) };
    let line = Duration::from_millis(model.terminal_ms.into());
    let item = InFront { since: on_line, line, new_client: shown.new_client };
    let same_before = key.zip(before).filter(|(key, (last, _))| key == last).map(|(_, (_, at))| at);
    guard::decides(&model.settings, item, now, same_before).map_err(|why| {
        Mark::new(match why {
            TooSoon::Twice => "guard-held-key",
            TooSoon::NewClient => "desk-too-soon-client",
            TooSoon::Item => "guard-too-early",
        })
    })
}

/// Whether the item may be opened now: it must have been there long enough to have been meant.
pub fn opens(model: &Model) -> Result<(), Mark> {
    let Some(shown) = model.in_front() else { return Err(Mark::new("guard-no-item")) };
    let Some(on_line) = shown.on_line_at else { return Err(Mark::new("guard-too-early")) };
    match guard::clear_of(&model.settings, on_line, model.now()) {
        true => Ok(()),
        false => Err(Mark::new("guard-too-early")),
    }
}

/// Whether a picture may be opened a step more: a key held down does not run through its steps.
pub fn opens_more(model: &Model) -> Result<(), Mark> {
    let since = model.current.as_ref().and_then(|shown| shown.peek.as_ref()).map_or(Duration::ZERO, |peek| peek.since);
    match guard::clear_of(&model.settings, since, model.now()) {
        true => Ok(()),
        false => Err(Mark::new("guard-too-early")),
    }
}

/// Whether the shift may be ended now: not right after an approval, whose key is beside.
pub fn ends(model: &Model) -> Result<(), Mark> {
    let just = model.last_approval.is_some_and(|at| !guard::clear_of(&model.settings, at, model.now()));
    let key = || model.keys.key_of(Context::Desk, "item.approve").unwrap_or_default().to_owned();
    if just { Err(Mark::new("guard-after-approve").text("key", key())) } else { Ok(()) }
}
