//! Topics of an insight, and the author's words being picked for it.

use super::choosers::at_foot;
use super::foot;
use super::ink::Ink;
use crate::text::{scrub, width};
use crate::tui::model::{Model, Quote, Topics};
use crate::tui::theme::Role;
use crate::tui::update::insight::{Line, lines};
use ratatui::layout::Position;
use std::ops::Range;

/// The topics, those used lately first.
pub fn topics(model: &Model, topics: &Topics, ink: &mut Ink<'_>) -> Option<Position> {
    let say = model.speaker();
    let found = lines(model, topics);
    let most = usize::from(ink.area().height / 3);
    let sort = say.words.coded("insight", topics.sort).into_owned();
    let title = say.with("insight-ask-topic", &[("sort", sort.into())]);
    let area = at_foot(ink, 1 + found.len().clamp(1, most) + 1, &title);
    let x = ink.put(area.x, area.y, "›", Role::Key);
    let x = ink.put(x + 1, area.y, &scrub::log(&topics.text), Role::Typed);
    let first = (topics.at + 1).saturating_sub(most);
    for (row, line) in found.iter().skip(first).take(most).enumerate() {
        let y = area.y + 1 + row as u16;
        let at = first + row == topics.at;
        let text = match line {
            Line::Known(topic) => scrub::log(topic),
            Line::New(topic) => say.with("insight-new", &[("topic", scrub::log(topic).into())]),
        };
        ink.put(area.x, y, if at { "›" } else { " " }, Role::Key);
        ink.put(area.x + 2, y, &text, if at { Role::Selected } else { Role::Text });
    }
    if found.is_empty() {
        let empty = if topics.text.is_empty() { "insight-none-open" } else { "palette-none" };
        ink.put(area.x + 2, area.y + 1, &say.text(empty), Role::Dim);
    }
    keys(model, "insight-topic-keys", area.bottom() - 1, ink);
    Some(Position::new(x, area.y))
}

/// Columns that the words being picked have.
pub fn quote_columns(model: &Model) -> usize {
    usize::from(model.size.0.saturating_sub(4)).max(2)
}

/// The words of each line, with the column each begins at.
fn laid_out(quote: &Quote, columns: usize) -> Vec<Vec<(usize, usize)>> {
    let mut lines: Vec<Vec<(usize, usize)>> = vec![Vec::new()];
    let mut column = 0;
    for (at, word) in quote.words.words().enumerate() {
        let wide = width::of(word);
        if column > 0 && column + wide > columns {
            lines.push(Vec::new());
            column = 0;
        }
        if let Some(line) = lines.last_mut() {
            line.push((at, column));
        }
        column += wide + 1;
    }
    lines
}

/// The word below (1) or above (-1) the one the cursor is on.
pub fn quote_line(quote: &Quote, columns: usize, by: isize) -> usize {
    let lines = laid_out(quote, columns);
    let here = lines.iter().position(|line| line.iter().any(|(at, _)| *at == quote.at)).unwrap_or(0);
    let column = lines[here].iter().find(|(at, _)| *at == quote.at).map_or(0, |(_, column)| *column);
    let Some(line) = here.checked_add_signed(by).and_then(|to| lines.get(to)) else { return quote.at };
    line.iter().min_by_key(|(_, there)| there.abs_diff(column)).map_or(quote.at, |(at, _)| *at)
}

/// The author's words: what is picked stands between brackets too, since a colour alone says nothing.
pub fn quote(model: &Model, quote: &Quote, ink: &mut Ink<'_>) -> Option<Position> {
    let say = model.speaker();
    let lines = laid_out(quote, quote_columns(model));
    let most = usize::from(ink.area().height / 2).saturating_sub(2).max(1);
    let sort = say.words.coded("insight", quote.sort).into_owned();
    let topic = scrub::log(&quote.topic);
    let title = say.with("insight-quote", &[("sort", sort.into()), ("topic", topic.into())]);
    let area = at_foot(ink, lines.len().clamp(1, most) + 1, &title);
    let row_of = lines.iter().position(|line| line.iter().any(|(at, _)| *at == quote.at)).unwrap_or(0);
    let first = (row_of + 1).saturating_sub(most);
    let words: Vec<&str> = quote.words.words().collect();
    let picked: Range<usize> = *quote.picked.start()..*quote.picked.end() + 1;
    let mut cursor = None;
    for (row, line) in lines.iter().skip(first).take(most).enumerate() {
        let y = area.y + row as u16;
        for (at, column) in line {
            let x = area.x + 1 + *column as u16;
            let role = if picked.contains(at) { Role::Marked } else { Role::Dim };
            if *at == picked.start {
                ink.put(x - 1, y, "[", Role::Key);
            }
            let end = ink.put(x, y, words[*at], role);
            if *at + 1 == picked.end {
                ink.put(end, y, "]", Role::Key);
            }
            if *at == quote.at {
                cursor = Some(Position::new(x, y));
            }
        }
    }
    keys(model, "insight-quote-keys", area.bottom() - 1, ink);
    cursor
}

fn keys(model: &Model, id: &str, y: u16, ink: &mut Ink<'_>) {
    match &model.mark {
        Some(_) => foot::mark(model, y, ink),
        None => {
            ink.put(1, y, &model.speaker().text(id), Role::Dim);
        }
    }
}
