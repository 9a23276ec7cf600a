//! Pages of what there is to read, and precedents beside an item.

use super::reading::Line;
use crate::desk::messages::{Letter, letter};
use crate::tui::keymap::Context;
use crate::tui::model::Model;
use crate::tui::update::messages::reader;
use uuid::Uuid;

fn line((label, text): (String, String)) -> Line {
    match (label.is_empty(), text.is_empty()) {
        (true, true) => Line::Gap,
        (true, false) => Line::Text(text),
        (false, _) => Line::Pair(label, text),
    }
}

/// A notice, a doubt, or what came back.
pub fn message(model: &Model, id: Uuid) -> Vec<Line> {
    let Some(letter) = letter(&model.messages, id) else {
        return vec![Line::Text(model.speaker().text("message-none"))];
    };
    letter.lines(reader(model)).into_iter().map(line).collect()
}

/// Its keys: what can be done with a question, or Enter for a notice.
pub fn keys(model: &Model, id: Uuid) -> String {
    let say = model.speaker();
    match letter(&model.messages, id) {
        Some(Letter::Doubt(_)) => {
            let key = |name| model.keys.key_of(Context::Page, name).unwrap_or_default().to_owned();
            let args = [
                ("answer", key("message.answer").into()),
                ("take", key("message.take").into()),
                ("keep", key("message.keep").into()),
            ];
            say.with("message-keys", &args)
        }
        Some(Letter::Notice(notice)) if notice.waits() => say.text("desk-page-keys-read"),
        _ => say.text("desk-page-keys"),
    }
}

/// Precedents that were looked for.
pub fn found(model: &Model) -> Vec<Line> {
    let Some((_, found)) = &model.found else { return Vec::new() };
    let mut lines = Vec::new();
    for precedent in found {
        lines.extend(reader(model).precedent_lines(precedent).into_iter().map(line));
        lines.push(Line::Gap);
    }
    lines
}

/// Those of items that say the same, whole.
pub fn beside(model: &Model, item: &str) -> Vec<Line> {
    let Some((_, found)) = model.precedents.as_ref().filter(|(of, found)| of == item && !found.is_empty()) else {
        return Vec::new();
    };
    let mut lines = vec![Line::Heading(model.speaker().text("message-precedents"))];
    for precedent in found {
        lines.extend(reader(model).precedent_lines(precedent).into_iter().map(line));
        lines.push(Line::Gap);
    }
    lines
}

/// The nearest of them, in a line beside the item.
pub fn first_beside(model: &Model, item: &str) -> Option<String> {
    let (_, found) = model.precedents.as_ref().filter(|(of, _)| of == item)?;
    found.first().map(|precedent| reader(model).precedent(precedent))
}
