//! What time brings: covers that close, the curtain, breaks, and the moment to be woken next.

use super::{Todo, curtain, open, rest};
use crate::tui::effect::Effect;
use crate::tui::model::{Cover, Model, Screen};
use std::time::Duration;

/// Everything that is due by now.
pub fn tick(model: &mut Model, todo: &mut Todo) {
    let now = model.now();
    if let Some(shown) = &model.current
        && let Cover::Open(Some(until)) = shown.cover
        && now >= until
    {
        open::cover_again(model);
    }
    if let Some(peek) = model.current.as_ref().and_then(|shown| shown.peek.as_ref())
        && peek.until.is_some_and(|until| now >= until)
    {
        open::cover_again(model);
    }
    curtain::by_itself(model);
    curtain::too_long(model, todo);
    rest::by_time(model, todo);
    if let Screen::Rest(resting) = &mut model.screen {
        let over = !resting.voluntary() && model.at.wall >= resting.due.until;
        if over && !resting.over {
            resting.over = true;
            if model.settings.bell {
                todo.push(Effect::Bell);
            }
        }
        let kept = resting.since.since_boot + rest::KEEPS_THE_ITEM;
        if resting.voluntary() && now >= kept && model.current.is_some() {
            super::next::release(model, todo);
            model.ahead.clear();
            todo.push(Effect::Ask(crate::desk::Ask::Away(true)));
        }
    }
    model.alerts.retain(|line| !line.alert.withdrawn || !line.settled());
}

/// In how long something will have changed by itself; `None` while nothing will. An idle desk sleeps to the next
/// minute of the clock, because times on screen say how long something has been so.
pub fn next_wake(model: &Model) -> Option<Duration> {
    let now = model.now();
    let wall = model.at.wall;
    let until_wall = |at: jiff::Timestamp| Duration::try_from(at.duration_since(wall)).unwrap_or(Duration::ZERO);
    let minute = Duration::from_millis(60_000 - u64::try_from(wall.as_millisecond().rem_euclid(60_000)).unwrap_or(0));
    let mut wakes = vec![minute];
    wakes.extend(model.held.iter().map(|held| until_wall(held.leaves_at)).filter(|wait| !wait.is_zero()));
    let mut at = |moment: Duration| wakes.push(moment.saturating_sub(now));
    if let Some(shown) = &model.current {
        if let Cover::Open(Some(until)) = shown.cover {
            at(until);
        }
        if let Some(until) = shown.peek.as_ref().and_then(|peek| peek.until) {
            at(until);
        }
        if let Some(falls) = curtain::falls_at(model) {
            at(falls);
        }
    }
    if let Some(curtain) = &model.curtain
        && !curtain.gone
    {
        at(curtain.since + rest::KEEPS_THE_ITEM);
    }
    if let Some((_, since)) = &model.rest_due {
        at(*since + model.care.rules().breaks.defer);
    }
    if model.screen == Screen::Item
        && model.rest_due.is_none()
        && let Some(next) = model.care.next_break_since_boot(&model.at)
        && next > now
    {
        at(next);
    }
    if let Screen::Rest(rest) = &model.screen {
        if model.settings.breathing && model.curtain.is_none() && rest.breath(now).is_some() {
            let since = now.saturating_sub(rest.since.since_boot);
            at(now + Duration::from_secs(1) - Duration::from_nanos(since.subsec_nanos().into()));
        }
        if rest.voluntary() {
            if model.current.is_some() {
                at(rest.since.since_boot + rest::KEEPS_THE_ITEM);
            }
        } else if rest.due.until > wall {
            let left = until_wall(rest.due.until);
            let seconds = left.as_secs_f64();
            // The last minute counts down; before it only the minutes change.
            let step = if seconds <= 60.0 { seconds.fract() } else { seconds % 60.0 };
            wakes.push(Duration::from_secs_f64(if step < 0.001 { 1.0 } else { step }).min(left));
        }
    }
    wakes.into_iter().min().map(|wait| wait.max(Duration::from_millis(1)))
}
