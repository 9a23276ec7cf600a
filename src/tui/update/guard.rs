//! Guards against the wrong finger.

use crate::tui::keymap::{Context, Key};
use crate::tui::model::{Mark, Model};
use std::time::Duration;

/// The same deciding key within this time of its last is one that is held down.
const HELD: Duration = Duration::from_millis(40);
/// `o` is refused for so long after the item came, `q` for so long after an approval.
const BESIDE: Duration = Duration::from_millis(400);
/// How many times as long the guard is where the client changed.
const NEW_CLIENT: u32 = 3;

/// Whether the timed guards are on at all.
fn timed(model: &Model) -> bool {
    !model.settings.guard.is_zero()
}

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
    if !timed(model) {
        return Ok(());
    }
    let held = key.zip(before).is_some_and(|(key, (last, at))| key == last && now.saturating_sub(at) < HELD);
    if held {
        return Err(Mark::new("guard-held-key"));
    }
    let factor = if shown.new_client { NEW_CLIENT } else { 1 };
    let seen_after = on_line + model.settings.guard * factor + Duration::from_millis(model.terminal_ms.into());
    if now < seen_after {
        return Err(Mark::new(if shown.new_client { "desk-too-soon-client" } else { "guard-too-early" }));
    }
    Ok(())
}

/// Whether the item may be opened now: it must have been there long enough to have been meant.
pub fn opens(model: &Model) -> Result<(), Mark> {
    let Some(shown) = model.in_front() else { return Err(Mark::new("guard-no-item")) };
    let Some(on_line) = shown.on_line_at else { return Err(Mark::new("guard-too-early")) };
    match timed(model) && model.now() < on_line + BESIDE {
        true => Err(Mark::new("guard-too-early")),
        false => Ok(()),
    }
}

/// Whether a picture may be opened a step more: a key held down does not run through its steps.
pub fn opens_more(model: &Model) -> Result<(), Mark> {
    let since = model.current.as_ref().and_then(|shown| shown.peek.as_ref()).map_or(Duration::ZERO, |peek| peek.since);
    match timed(model) && model.now() < since + BESIDE {
        true => Err(Mark::new("guard-too-early")),
        false => Ok(()),
    }
}

/// Whether the shift may be ended now: not right after an approval, whose key is beside.
pub fn ends(model: &Model) -> Result<(), Mark> {
    let just = model.last_approval.is_some_and(|at| model.now() < at + BESIDE);
    let key = || model.keys.key_of(Context::Desk, "item.approve").unwrap_or_default().to_owned();
    if timed(model) && just { Err(Mark::new("guard-after-approve").text("key", key())) } else { Ok(()) }
}
