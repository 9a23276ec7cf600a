//! Opening what is covered, and covering it again.

use super::{Todo, guard, picture};
use crate::moderation::pass::Opened;
use crate::tui::effect::Effect;
use crate::tui::model::{Cover, Layer, Mark, Model};
use crate::tui::view::{content_columns, content_rows};
use crate::wellbeing::Masking;
use std::time::Duration;

/// `o`.
pub fn open(model: &mut Model, todo: &mut Todo) {
    if model.batch.is_some() {
        return super::batch::open_row(model);
    }
    if let Err(mark) = guard::opens(model) {
        return model.say(mark);
    }
    if model.current.as_ref().is_some_and(|shown| shown.sealed()) {
        return model.say("guard-sealed");
    }
    let until = reveal_until(model);
    let Some(shown) = &mut model.current else { return };
    let heaviest = Opened::from(shown.served.item.heaviest());
    let covered = shown.mask > Masking::Full;
    shown.opened = shown.opened.max(heaviest);
    if covered {
        shown.cover = Cover::Open(until);
    }
    lay_out(model);
    if !picture::open_more(model, todo) && !covered {
        model.say("desk-nothing-covered");
    }
}

/// Covers what was opened, by key.
pub fn cover(model: &mut Model) {
    let open = model.current.as_ref().is_some_and(|shown| shown.peek.is_some() || shown.cover != Cover::Covered);
    match open {
        true => cover_again(model),
        false => model.say("picture-none-open"),
    }
}

/// Scrolling renews the time that an opened text stays.
pub fn renew(model: &mut Model) {
    let until = reveal_until(model);
    if let Some(shown) = &mut model.current
        && matches!(shown.cover, Cover::Open(Some(_)))
    {
        shown.cover = Cover::Open(until);
    }
}

/// The time is over: covered again, and gone from the screen.
pub fn cover_again(model: &mut Model) {
    if let Some(shown) = &mut model.current {
        shown.cover = Cover::Covered;
    }
    picture::cover(model);
    lay_out(model);
}

/// `M`: the masking that this moderator wants at least, one level more, after 4 none again. What severity asks for
/// stays.
pub fn masking(model: &mut Model, todo: &mut Todo) {
    model.mask_at_least = model.mask_at_least.next();
    model.recent.masking = model.mask_at_least;
    todo.push(Effect::Remember(model.recent.clone()));
    let level = model.mask_at_least.level();
    picture::cover(model);
    if let Some(shown) = &mut model.current {
        shown.cover = Cover::Covered;
    }
    lay_out(model);
    super::batch::lay_out(model);
    model.say(Mark::new("desk-masking").number("level", level));
}

/// Lays the item on screen out anew.
pub fn lay_out(model: &mut Model) {
    let columns = content_columns(model);
    let find = model.layers.iter().find_map(|layer| match layer {
        Layer::Find(find) => Some(find.text.clone()),
        _ => None,
    });
    let find = find.or_else(|| model.find.clone()).filter(|find| !find.is_empty());
    let at_least = model.mask_at_least;
    let words = model.words.clone();
    let zone = model.settings.zone.clone();
    let say = crate::tui::say::Say { words: &words, zone: &zone, now: model.at.wall };
    if let Some(shown) = &mut model.current {
        shown.lay_out(columns, at_least, find.as_deref(), say);
    }
}

fn reveal_until(model: &Model) -> Option<Duration> {
    let shown = model.current.as_ref()?;
    let item = &shown.served.item;
    let text = [&item.title, &item.text].into_iter().flatten();
    let columns = text.map(|text| crate::text::width::of(text.raw())).sum();
    let width = u16::try_from(content_columns(model)).unwrap_or(u16::MAX);
    let rows = u16::try_from(content_rows(model)).unwrap_or(u16::MAX);
    model.settings.reveal.cover_after(columns, width, rows).map(|stays| model.now() + stays)
}
