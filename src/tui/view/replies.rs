//! Prepared replies: the picker with what the picked one would say, and the reply as it will be read.

use super::choosers::at_foot;
use super::foot;
use super::ink::Ink;
use super::reading::Line;
use crate::moderation::template::Filled;
use crate::text::{Untrusted, scrub, wrap};
use crate::tui::keymap::Context;
use crate::tui::model::{Layer, Model, Picker, Writing, WritingKind};
use crate::tui::say::Say;
use crate::tui::theme::Role;
use crate::tui::update::reply;
use ratatui::layout::Position;

/// Rows of the list, on a small screen and on a large one.
const ROWS: [usize; 2] = [5, 9];

/// The picker: the likely ones first, and below them the words that the picked one has for this item.
pub fn draw(model: &Model, picker: &Picker, ink: &mut Ink<'_>) -> Option<Position> {
    let say = model.speaker();
    let found = reply::lines(model, picker);
    let picked = found.get(picker.at).map(|template| reply::filled(model, template));
    let large = usize::from(ink.area().height >= 36);
    let columns = usize::from(ink.area().width.saturating_sub(6)).max(2);
    let said = picked.map(|filled| scrub::block(&Untrusted::new(filled.text)).as_str().to_owned()).unwrap_or_default();
    let lines = wrap::wrap(&said, columns);
    let (most, shown) = (ROWS[large], found.len().clamp(1, ROWS[large]));
    let below = lines.len().min(4 + 4 * large);
    let area = at_foot(ink, 1 + shown + below + 1, &say.text("reply-templates"));
    let x = ink.put(area.x, area.y, "›", Role::Key);
    let x = ink.put(x + 1, area.y, &scrub::log(&picker.text), Role::Typed);
    let first = (picker.at + 1).saturating_sub(most);
    for (row, template) in found.iter().skip(first).take(most).enumerate() {
        let y = area.y + 1 + row as u16;
        let at = first + row == picker.at;
        let visibility = match template.visibility {
            crate::moderation::follow_up::Visibility::Private => say.text("reply-private"),
            crate::moderation::follow_up::Visibility::Public => say.text("reply-public"),
        };
        let lang = model.current.as_ref().and_then(|shown| shown.served.item.lang.clone()).unwrap_or_default();
        let note = format!("{} · {} · {visibility}", template.code, template.spoken_in(&lang));
        let end = ink.put_right(area.right(), y, &note, Role::Dim);
        let mark = if at { "›" } else { " " };
        ink.put(area.x, y, mark, Role::Key);
        let role = if at { Role::Selected } else { Role::Text };
        ink.put_within(area.x + 2, y, template.title_in(say.lang()), role, end.saturating_sub(1));
    }
    if found.is_empty() {
        ink.put(area.x + 2, area.y + 1, &say.text("palette-none"), Role::Dim);
    }
    for (row, line) in lines.iter().take(below).enumerate() {
        let more = row + 1 == below && lines.len() > below;
        let x = ink.put(area.x + 3, area.y + 1 + (shown + row) as u16, &said[line.shown.clone()], Role::Dim);
        if more {
            ink.put(x, area.y + 1 + (shown + row) as u16, " …", Role::Dim);
        }
    }
    let y = area.bottom() - 1;
    match &model.mark {
        Some(_) => foot::mark(model, y, ink),
        None => {
            let mut keys = say.text("reply-picker-keys");
            for name in ["reply.free", "reply.questions"] {
                let there = name == "reply.free" || picker.replies.tree.is_some();
                if let Some(key) = model.keys.key_of(Context::Palette, name).filter(|_| there) {
                    keys.push_str(&format!(" · {key} {}", model.words.hint(name)));
                }
            }
            ink.put(area.x, y, &keys, Role::Dim);
        }
    }
    Some(Position::new(x, area.y))
}

/// The reply in the open box as its reader will see it: who reads it, where, and the words with their line breaks.
pub fn preview(model: &Model, say: Say<'_>) -> Vec<Line> {
    let open = model.layers.iter().find_map(|layer| match layer {
        Layer::Writing(Writing { kind: WritingKind::Reply { private, .. }, editor, .. }) => Some((*private, editor)),
        _ => None,
    });
    let (Some((private, editor)), Some(shown)) = (open, &model.current) else { return Vec::new() };
    let item = &shown.served.item;
    let author = item.author.as_ref().and_then(|author| author.name.as_ref());
    let to = author.map(|name| scrub::line(name).fit(40).into_owned());
    let client = model.house.client_title(&shown.served.client).to_owned();
    let channel = item.channel.as_ref().map(|channel| scrub::line(channel).fit(20).into_owned());
    let visibility = say.text(if private { "reply-private" } else { "reply-public" });
    let mut lines = vec![
        Line::Pair(say.text("reply-from"), client),
        Line::Pair(say.text("reply-to"), [to, channel].into_iter().flatten().collect::<Vec<_>>().join(" · ")),
        Line::Pair(say.text("reply-read-by"), visibility),
        Line::Gap,
    ];
    let text = scrub::block(&Untrusted::new(editor.text().trim_end())).as_str().to_owned();
    for line in text.lines() {
        lines.push(if line.is_empty() { Line::Gap } else { Line::Text(line.to_owned()) });
    }
    let blanks = Filled::blanks_of(&text).len();
    if blanks > 0 {
        lines.push(Line::Heading(say.with("reply-blanks", &[("n", blanks.into())])));
    }
    lines
}
