//! What lies over the panes: a list with letters, a line to type, the palette, the keys.

use crate::text::{scrub, wrap};
use crate::tui::keymap::Context;
use crate::tui::theme::Role;
use crate::tui::view::ink::Ink;
use crate::tui::watch::command;
use crate::tui::watch::model::{About, Entry, Layer, Model, Pick};
use crate::tui::watch::update::key::lines;
use crate::tui::watch::update::letters::addressed;
use ratatui::layout::{Position, Rect};

/// Draws the topmost; tells where the cursor stands.
pub fn draw(model: &Model, layer: &Layer, ink: &mut Ink<'_>) -> Option<Position> {
    match layer {
        Layer::Chooser { pick, entries, at } => {
            chooser(model, pick, entries, *at, ink);
            None
        }
        Layer::Question { about, text } => Some(question(model, about, text, ink)),
        Layer::Palette { text, at } => Some(palette(model, text, *at, ink)),
        Layer::Help { scroll } => {
            help(model, *scroll, ink);
            None
        }
    }
}

/// A box at the foot of the screen; the panes above it stay in sight.
fn at_foot(ink: &mut Ink<'_>, rows: usize, title: &str) -> Rect {
    let whole = ink.area();
    let most = whole.height.saturating_sub(4).max(3);
    let height = u16::try_from(rows + 1).unwrap_or(u16::MAX).min(most);
    let area = Rect::new(0, whole.height - height, whole.width, height);
    ink.blank(area);
    ink.rule(0, area.y, area.right(), title);
    Rect::new(1, area.y + 1, area.width - 2, height - 1)
}

fn last_row(model: &Model, id: &str, y: u16, ink: &mut Ink<'_>) {
    let say = model.speaker();
    match &model.mark {
        Some(mark) => ink.put(1, y, &say.mark(mark), Role::Warning),
        None => ink.put(1, y, &say.text(id), Role::Dim),
    };
}

fn chooser(model: &Model, pick: &Pick, entries: &[Entry], at: usize, ink: &mut Ink<'_>) {
    let say = model.speaker();
    let item = |item: &str| [("item", scrub::log(item).into())];
    let title = match pick {
        Pick::Queue(id) => say.with("watch-choose-move", &item(id)),
        Pick::Verdict(word) => say.with("watch-choose-verdict", &item(&word.item)),
        Pick::Measure(_) => say.text("watch-choose-measure"),
        Pick::Policy(_) | Pick::AdvicePolicy(..) => say.text("watch-choose-policy"),
        Pick::AdviceMeasure(_) => say.text("watch-choose-measure"),
        Pick::Advice(_) => say.text("watch-choose-advice"),
        Pick::Whom => say.text("watch-choose-whom"),
        Pick::Confirm(whom) => say.with("watch-choose-confirm", &[("to", addressed(model, whom).into())]),
    };
    let columns = if ink.area().width >= 100 { 2 } else { 1 };
    let per_column = entries.len().div_ceil(columns).max(1);
    let area = at_foot(ink, per_column + 1, &title);
    let rows = usize::from(area.height.saturating_sub(1)).max(1);
    let first = (at % per_column + 1).saturating_sub(rows);
    let width = area.width / columns as u16;
    for (place, entry) in entries.iter().enumerate() {
        let (column, row) = (place / per_column, place % per_column);
        let Some(row) = row.checked_sub(first).filter(|row| *row < rows) else { continue };
        let (x, y) = (area.x + column as u16 * width, area.y + row as u16);
        let letter = if entry.letter == '\0' { " ".to_owned() } else { entry.letter.to_string() };
        let next = ink.put(x, y, &letter, Role::Key);
        let role = if place == at { Role::Selected } else { Role::Text };
        ink.put_within(next + 1, y, &entry.title, role, x + width - 1);
    }
    last_row(model, "watch-chooser-keys", area.bottom() - 1, ink);
}

fn question(model: &Model, about: &About, text: &str, ink: &mut Ink<'_>) -> Position {
    let say = model.speaker();
    let title = match about {
        About::Pause(queue) => say.with("watch-ask-pause", &[("queue", queue.as_str().into())]),
        About::Priority(item) => say.with("watch-ask-priority", &[("item", scrub::log(item).into())]),
        About::Deadline(item) => say.with("watch-ask-deadline", &[("item", scrub::log(item).into())]),
        About::Find => say.text("watch-ask-find"),
        About::Assign(who) => say.with("watch-ask-assign", &[("who", scrub::log(who).into())]),
        About::Reason(_) => say.text("watch-ask-reason"),
        About::Answer(doubt, _) => {
            let who = model.doubt(*doubt).map(|doubt| scrub::log(&doubt.by)).unwrap_or_default();
            say.with("doubt-title-answer", &[("who", who.into())])
        }
        About::Notice(whom, _) => say.with("watch-ask-notice", &[("to", addressed(model, whom).into())]),
        About::Whom => say.text("watch-whom-name"),
    };
    let area = at_foot(ink, 2, &title);
    let x = ink.put(area.x, area.y, ">", Role::Key);
    let shown = scrub::own(text);
    let room = usize::from(area.width.saturating_sub(4));
    let from = crate::text::width::of(&shown).saturating_sub(room);
    let tail: String = if from > 0 { shown.chars().skip(from).collect() } else { shown };
    let x = ink.put(x + 1, area.y, &tail, Role::Typed);
    last_row(model, "watch-enter", area.bottom() - 1, ink);
    Position::new(x, area.y)
}

fn palette(model: &Model, typed: &str, at: usize, ink: &mut Ink<'_>) -> Position {
    let say = model.speaker();
    let found = lines(model, typed);
    let room = usize::from(ink.area().height / 2);
    let area = at_foot(ink, found.len().clamp(1, room) + 1, &say.text("palette-ask"));
    let x = ink.put(area.x, area.y, ":", Role::Key);
    let x = ink.put(x, area.y, typed, Role::Typed);
    let rows = usize::from(area.height.saturating_sub(1)).max(1);
    let first = (at + 1).saturating_sub(rows);
    for (row, line) in found.iter().skip(first).take(rows).enumerate() {
        let y = area.y + 1 + row as u16;
        let role = if first + row == at { Role::Selected } else { Role::Text };
        let key = if line.key.is_empty() { say.text("palette-no-key") } else { line.key.clone() };
        let end = ink.put_right(area.right(), y, &key, Role::Key);
        ink.put_within(area.x, y, &line.does, role, end.saturating_sub(1));
    }
    if found.is_empty() {
        ink.put(area.x, area.y + 1, &say.text("palette-none"), Role::Dim);
    }
    Position::new(x, area.y)
}

/// The keys of this screen and those of every screen, with why one cannot be used now.
fn help_lines(model: &Model) -> Vec<(String, String)> {
    let say = model.speaker();
    let here = command::all().map(|command| {
        let key = model.keys.key_of(Context::Watch, command.name).unwrap_or_default().to_owned();
        let mut does = model.words.command(command.name).into_owned();
        if let Some(why) = (command.unavailable)(model) {
            let why = say.mark(&why);
            does.push_str(" · ");
            does.push_str(&say.with("help-unavailable", &[("why", why.into())]));
        }
        (key, does)
    });
    let everywhere = ["screen.redraw", "screen.suspend"].into_iter().map(|name| {
        let key = model.keys.key_of(Context::Always, name).unwrap_or_default().to_owned();
        (key, model.words.command(name).into_owned())
    });
    here.chain(everywhere).filter(|(key, _)| !key.is_empty()).collect()
}

/// Where what a key does begins; what is too long for its row hangs under it.
const DOES: u16 = 15;

/// The same in rows: the key stands in the first row of what it does.
fn help_wrapped(model: &Model) -> Vec<(String, String)> {
    let columns = usize::from(model.size.0.saturating_sub(DOES + 1)).max(2);
    let mut rows = Vec::new();
    for (key, does) in help_lines(model) {
        for (at, part) in wrap::wrap(&does, columns).into_iter().enumerate() {
            rows.push((if at == 0 { key.clone() } else { String::new() }, does[part.shown].to_owned()));
        }
    }
    rows
}

/// How many rows the keys have.
pub fn help_rows(model: &Model) -> usize {
    help_wrapped(model).len()
}

fn help(model: &Model, scroll: usize, ink: &mut Ink<'_>) {
    let say = model.speaker();
    let whole = ink.area();
    ink.blank(whole);
    let context = say.text("context-watch");
    ink.rule(0, 0, whole.width, &say.with("help-title", &[("context", context.into())]));
    let rows = help_wrapped(model);
    let room = usize::from(whole.height - 2);
    let first = scroll.min(rows.len().saturating_sub(1));
    for (at, (key, does)) in rows.iter().skip(first).take(room).enumerate() {
        let y = 1 + at as u16;
        ink.put_within(2, y, key, Role::Key, DOES - 1);
        ink.put_within(DOES, y, does, Role::Text, whole.width);
    }
    let y = whole.height - 1;
    let mut end = whole.width;
    if rows.len() > room {
        let to = (first + room).min(rows.len());
        end = ink.put_right(whole.width - 1, y, &format!("{}–{to} / {}", first + 1, rows.len()), Role::Dim);
    }
    ink.put_within(1, y, &say.text("desk-page-keys"), Role::Dim, end);
}
