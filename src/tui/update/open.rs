//! Opening what is covered, and covering it again.

use super::guard;
use crate::moderation::pass::Opened;
use crate::tui::model::{Cover, Layer, Mark, Model};
use crate::tui::settings::Reveal;
use crate::tui::view::content_columns;
use std::time::Duration;

/// Words a second of an unhurried reader.
const WORDS_A_SECOND: f64 = 3.0;
/// An opened text stays at least so long.
const AT_LEAST: Duration = Duration::from_secs(8);
/// And at most so long without a scroll.
const AT_MOST: Duration = Duration::from_secs(120);

/// `o`.
pub fn open(model: &mut Model) {
    if let Err(mark) = guard::opens(model) {
        return model.say(mark);
    }
    let until = reveal_until(model);
    let Some(shown) = &mut model.current else { return };
    let heaviest = Opened::from(shown.heaviest());
    let covered = shown.mask > 0;
    shown.opened = shown.opened.max(heaviest);
    if covered {
        shown.cover = Cover::Open(until);
    } else {
        model.say("desk-nothing-covered");
    }
    lay_out(model);
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
    lay_out(model);
}

/// `M`: the masking that this moderator wants at least, one level more, after 4 none again. What severity asks for
/// stays.
pub fn masking(model: &mut Model) {
    model.mask_at_least = (model.mask_at_least + 1) % 5;
    let level = model.mask_at_least;
    if let Some(shown) = &mut model.current {
        shown.cover = Cover::Covered;
    }
    lay_out(model);
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
    let now = model.now();
    match model.settings.reveal {
        Reveal::UntilNext => None,
        Reveal::For(length) => Some(now + length),
        Reveal::Auto => {
            let words = model.current.as_ref().map_or(0, |shown| {
                let item = &shown.served.item;
                [&item.title, &item.text].into_iter().flatten().map(|t| t.raw().split_whitespace().count()).sum()
            });
            let reading = Duration::from_secs_f64(words as f64 / WORDS_A_SECOND);
            Some(now + (reading + AT_LEAST).min(AT_MOST))
        }
    }
}
