//! Text boxes and the find line.

use super::foot;
use super::ink::Ink;
use crate::desk::messages::{Letter, letter};
use crate::desk::replying::left;
use crate::moderation::template::{Blank, Filled};
use crate::text::{Untrusted, scrub, width, wrap};
use crate::tui::keymap::Context;
use crate::tui::model::{Find, Model, Writing, WritingKind};
use crate::tui::say::Say;
use crate::tui::theme::Role;
use ratatui::layout::{Position, Rect};
use std::ops::Range;

/// A text box, over the foot of the screen.
pub fn writing(model: &Model, writing: &Writing, ink: &mut Ink<'_>) -> Option<Position> {
    let say = model.speaker();
    let title = match &writing.kind {
        WritingKind::Reply { private, template } => {
            let visibility = say.text(if *private { "reply-private" } else { "reply-public" });
            match template {
                Some(code) => {
                    let args = [("visibility", visibility.into()), ("template", code.as_str().into())];
                    say.with("reply-title-template", &args)
                }
                None => say.with("reply-title", &[("visibility", visibility.into())]),
            }
        }
        WritingKind::Note => say.text("note-title"),
        WritingKind::Handover => say.text("summary-notes-title"),
        WritingKind::AlertNote(_) => say.text("command-alert-note"),
        WritingKind::Doubt(to) => {
            let whom = say.words.coded("doubt", to.code()).into_owned();
            say.with("doubt-title", &[("whom", whom.into())])
        }
        WritingKind::Answer(id) => {
            let doubt = letter(&model.messages, *id).and_then(Letter::doubt);
            let who = doubt.map(|doubt| scrub::log(&doubt.by)).unwrap_or_default();
            say.with("doubt-title-answer", &[("who", who.into())])
        }
    };
    let whole = ink.area();
    let height = (whole.height / 3).clamp(6, 14);
    let area = Rect::new(0, whole.height - height, whole.width, height);
    ink.blank(area);
    ink.rule(0, area.y, area.right(), &title);
    // What was typed or pasted is shown as any other text from outside is.
    let (before, after) = writing.editor.text().split_at(writing.editor.at());
    let before = scrub::block(&Untrusted::new(before)).as_str().to_owned();
    let at = before.len();
    let text = before + scrub::block(&Untrusted::new(after)).as_str();
    let columns = usize::from(area.width.saturating_sub(4)).max(2);
    let lines = wrap::wrap(&text, columns);
    let row = cursor_line(&text, &lines, at);
    let rows = usize::from(height - 2);
    let first = (row + 1).saturating_sub(rows);
    let is_reply = matches!(writing.kind, WritingKind::Reply { .. });
    let blanks = if is_reply { Filled::blanks_of(&text) } else { Vec::new() };
    for (place, line) in lines.iter().skip(first).take(rows).enumerate() {
        let mut x = 2;
        for (part, blank) in parted(line.shown.clone(), &blanks) {
            x = ink.put(x, area.y + 1 + place as u16, &text[part], if blank { Role::Blank } else { Role::Typed });
        }
    }
    if is_reply {
        let how = stands(writing, blanks.len(), say);
        if !how.is_empty() {
            ink.put_right(area.right() - 2, area.y, &format!(" {how} "), Role::Title);
        }
    }
    let start = lines.get(row).map_or(0, |line| line.range.start);
    let x = 2 + u16::try_from(width::of(&text[start..at.max(start)]).min(columns)).unwrap_or(0);
    let y = area.y + 1 + u16::try_from(row - first).unwrap_or(0);
    let done = model.keys.key_of(Context::Text, "text.done").unwrap_or_default().to_owned();
    match &model.mark {
        Some(_) => foot::mark(model, area.bottom() - 1, ink),
        None => {
            let sends =
                matches!(writing.kind, WritingKind::Doubt(_) | WritingKind::Answer(_) | WritingKind::AlertNote(_));
            let whole = if sends { "desk-box-sends" } else { "desk-box-keys" };
            let whole = say.with(whole, &[("done", done.as_str().into())]);
            let short = format!("{done} {}", model.words.hint("text.done"));
            let more: &[&'static str] = match &writing.kind {
                WritingKind::Reply { .. } if blanks.is_empty() => {
                    &["text.visibility", "text.preview", "text.template", "text.editor"]
                }
                WritingKind::Reply { .. } => &["text.next_field", "text.visibility", "text.preview", "text.editor"],
                _ => &[],
            };
            let more: Vec<String> = more
                .iter()
                .filter_map(|name| {
                    Some(format!(" · {} {}", model.keys.key_of(Context::Text, name)?, model.words.hint(name)))
                })
                .collect();
            let room = usize::from(ink.area().width.saturating_sub(2));
            let fits = width::of(&whole) + more.iter().map(|more| width::of(more)).sum::<usize>() <= room;
            let mut keys = if fits { whole } else { short };
            for more in more {
                if width::of(&keys) + width::of(&more) <= room {
                    keys.push_str(&more);
                }
            }
            ink.put(1, area.bottom() - 1, &keys, Role::Dim);
        }
    }
    Some(Position::new(x, y))
}

/// A line in pieces: blanks, and what stands between them.
fn parted(line: Range<usize>, blanks: &[Blank]) -> Vec<(Range<usize>, bool)> {
    let mut pieces = Vec::new();
    let mut from = line.start;
    for blank in blanks {
        let (start, end) = (blank.at.start.clamp(from, line.end), blank.at.end.clamp(from, line.end));
        pieces.extend([(from..start, false), (start..end, true)]);
        from = end;
    }
    pieces.push((from..line.end, false));
    pieces.retain(|(piece, _)| !piece.is_empty());
    pieces
}

/// Whether it can be sent as it stands: blanks, then what the channel still takes.
fn stands(writing: &Writing, blanks: usize, say: Say<'_>) -> String {
    let length = left(writing.editor.text(), writing.limit).map(|left| match left {
        left if left < 0 => say.with("reply-too-long", &[("n", (-left).into())]),
        left => say.with("reply-left", &[("n", left.into())]),
    });
    let blanks = (blanks > 0).then(|| say.with("reply-blanks", &[("n", blanks.into())]));
    [blanks, length].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// The line on which the cursor stands: behind a line break it is the next one.
fn cursor_line(text: &str, lines: &[wrap::Line], at: usize) -> usize {
    let line = wrap::line_at(lines, at);
    let behind = at == text.len() && text.ends_with('\n');
    if behind { lines.len() - 1 } else { line }
}

/// The find line.
pub fn find(model: &Model, find: &Find, ink: &mut Ink<'_>) -> Option<Position> {
    let say = model.speaker();
    let y = ink.area().height - 3;
    let whole = ink.area();
    ink.blank(Rect::new(0, y, whole.width, 3));
    let x = ink.put(1, y, &say.text("find-ask"), Role::Dim);
    let x = ink.put(x + 1, y, "/", Role::Key);
    let x = ink.put(x, y, &find.text, Role::Typed);
    let places = model.current.as_ref().map_or(0, |shown| {
        shown.body.found().len() + shown.context.iter().map(|said| said.body.found().len()).sum::<usize>()
    });
    if !find.text.is_empty() {
        let text = match places {
            0 => say.with("find-none", &[("what", find.text.as_str().into())]),
            n => say.with("find-hits", &[("n", n.into())]),
        };
        ink.put(1, y + 1, &text, Role::Dim);
    }
    Some(Position::new(x, y))
}
