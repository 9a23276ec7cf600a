//! Text boxes. Keys typed in one never decide; Enter never sends; Esc leaves and the draft stays.

use super::{Todo, reply};
use crate::desk::Ask;
use crate::desk::replying::{Unsendable, sendable};
use crate::moderation::follow_up::Visibility;
use crate::text::Untrusted;
use crate::tui::effect::Effect;
use crate::tui::keymap::{Code, Key};
use crate::tui::model::{Draft, Layer, Mark, Model, Writing, WritingKind};
use crate::tui::widget::Editor;

/// Opens a box, with what was written before: what was left unfinished, else what was kept.
pub fn open(model: &mut Model, kind: WritingKind) {
    let draft = model.current.as_mut().map(|shown| &mut shown.draft);
    let (mut kind, mut limit) = (kind, None);
    let text = match (&kind, draft) {
        (WritingKind::Handover, _) => Some(model.handover.clone()),
        (WritingKind::AlertNote(id), _) => {
            let line = model.alerts.iter().find(|line| line.alert.id == *id);
            let sent = || line.and_then(|line| line.alert.note.as_ref()).map(|note| note.raw().to_owned());
            model.begun.get(id).cloned().or_else(sent)
        }
        (WritingKind::Answer(id), _) => model.begun.get(id).cloned(),
        (_, None) => return model.say("guard-no-item"),
        (_, Some(draft)) => {
            let unfinished = draft.take_unfinished(kind.name());
            match kind {
                WritingKind::Reply { .. } => {
                    if let Some(how) = draft.reply_as() {
                        kind = WritingKind::Reply {
                            private: how.visibility == Visibility::Private,
                            template: how.template,
                        };
                    }
                    unfinished.or_else(|| draft.reply().map(|(text, _)| text.to_owned()))
                }
                WritingKind::Note => unfinished.or_else(|| Some(draft.note.clone())),
                _ => unfinished,
            }
        }
    };
    if let (WritingKind::Reply { template, .. }, Some(shown)) = (&kind, &model.current) {
        let client = shown.served.client.clone();
        let replies = model.house.replies(&client);
        limit = reply::limit(model, &replies, template.as_deref());
    }
    model.layers.push(Layer::Writing(Writing { kind, editor: Editor::new(text.unwrap_or_default()), limit }));
}

/// A key in a box that no command of the box has taken.
pub fn key(model: &mut Model, key: Key) -> bool {
    let Some(Layer::Writing(writing)) = model.layers.last_mut() else { return false };
    let editor = &mut writing.editor;
    if key.code == Code::Enter && editor.picked().is_some() {
        // A line break fills no blank: on to the next one.
        reply::to_blank(model, true);
        return true;
    }
    match key.code {
        Code::Enter => editor.insert("\n"),
        Code::Backspace => editor.backspace(),
        Code::Delete => editor.delete(),
        Code::Left => editor.left(),
        Code::Right => editor.right(),
        Code::Up => editor.up(),
        Code::Down => editor.down(),
        Code::Home => editor.home(),
        Code::End => editor.end(),
        _ => match key.typed() {
            Some(c) => editor.insert(c.encode_utf8(&mut [0; 4])),
            None => return false,
        },
    }
    true
}

/// Changes the text of the open box.
pub fn edit(model: &mut Model, change: impl FnOnce(&mut Editor)) {
    if let Some(Layer::Writing(writing)) = model.layers.last_mut() {
        change(&mut writing.editor);
    }
}

/// Pasted text goes into the box that is open, else nowhere: it is never read as keys.
pub fn paste(model: &mut Model, text: &str) {
    model.last_key = model.now();
    model.pending.forget();
    match model.layers.last_mut() {
        Some(Layer::Writing(writing)) if model.curtain.is_none() => writing.editor.insert(text),
        Some(Layer::Find(find)) if model.curtain.is_none() => {
            find.text.extend(text.chars().filter(|c| !c.is_control()).take(200));
        }
        Some(Layer::Palette(palette)) if model.curtain.is_none() => {
            palette.text.extend(text.chars().filter(|c| !c.is_control()).take(60));
        }
        Some(Layer::Topics(topics)) if model.curtain.is_none() => {
            topics.text.extend(text.chars().filter(|c| !c.is_control()).take(80));
        }
        Some(Layer::Replies(picker)) if model.curtain.is_none() => {
            picker.text.extend(text.chars().filter(|c| !c.is_control()).take(60));
        }
        _ => model.say(Mark::new("guard-pasted").number("n", text.chars().count() as i64)),
    }
}

/// Public or to the author alone.
pub fn visibility(model: &mut Model) {
    if let Some(Layer::Writing(Writing { kind: WritingKind::Reply { private, .. }, .. })) = model.layers.last_mut() {
        *private = !*private;
    } else {
        model.say("desk-no-visibility");
    }
}

/// Keeps what is written: a follow-up, a note. Nothing is sent by it.
pub fn done(model: &mut Model, todo: &mut Todo) {
    if let Some(mark) = super::messages::unsendable(model) {
        return model.say(mark);
    }
    if let Some(mark) = unsendable(model) {
        reply::to_first_blank(model);
        return model.say(mark);
    }
    let Some((kind, text)) = close(model) else { return };
    let mark = match kind {
        WritingKind::Doubt(to) => return super::decide::ask(model, to, text.trim(), todo),
        WritingKind::Answer(id) => return super::messages::answered(model, id, text.trim(), todo),
        WritingKind::Handover => {
            model.handover = text;
            "summary-notes-kept"
        }
        WritingKind::AlertNote(id) => {
            model.begun.remove(&id);
            if let Some(line) = model.alerts.iter_mut().find(|line| line.alert.id == id) {
                line.alert.note = Some(text.trim()).filter(|text| !text.is_empty()).map(Untrusted::new);
                todo.push(Effect::Ask(Ask::Alert(line.alert.clone())));
            }
            return;
        }
        kind => match &mut model.current {
            Some(shown) => {
                let template = reply::how(&kind).and_then(|how| how.template).filter(|_| !text.trim().is_empty());
                if let Some(code) = template {
                    model.recent.used_template(&shown.served.client, &code);
                    todo.push(Effect::Remember(model.recent.clone()));
                }
                gather(&mut shown.draft, kind, &text)
            }
            None => return,
        },
    };
    model.say(mark);
    super::draft::keep(model, todo);
}

/// What stands against keeping the reply in the open box: it would go out with the next verdict.
fn unsendable(model: &Model) -> Option<Mark> {
    let Some(Layer::Writing(Writing { kind: WritingKind::Reply { .. }, editor, limit })) = model.layers.last() else {
        return None;
    };
    Some(match sendable(editor.text(), *limit).err()? {
        Unsendable::Blanks(n) => Mark::new("reply-blanks").number("n", n as i64),
        Unsendable::TooLong(n) => Mark::new("reply-too-long").number("n", n as i64),
    })
}

/// Esc: leaves the box and adds nothing. What was typed stands there again when the box is opened.
pub fn leave(model: &mut Model, todo: &mut Todo) {
    put_away(model);
    model.box_closed = None;
    super::draft::keep(model, todo);
}

/// Closes an open box and keeps what is typed for when it is opened again, whatever closes it.
pub fn put_away(model: &mut Model) {
    let Some((kind, text)) = close(model) else { return };
    model.box_closed = Some(model.now());
    match kind {
        WritingKind::Handover => model.handover = text,
        WritingKind::AlertNote(id) | WritingKind::Answer(id) => {
            model.begun.insert(id, text);
        }
        kind => {
            if let Some(shown) = &mut model.current {
                shown.draft.take_unfinished(kind.name());
                if !text.trim().is_empty() {
                    shown.asked_unfinished = false;
                    shown.draft.reply_as = reply::how(&kind).or(shown.draft.reply_as.take());
                    shown.draft.unfinished.push((kind.name().to_owned(), text));
                }
            }
        }
    }
}

fn close(model: &mut Model) -> Option<(WritingKind, String)> {
    let at = model.layers.iter().position(|layer| matches!(layer, Layer::Writing(_)))?;
    match model.layers.remove(at) {
        Layer::Writing(Writing { kind, editor, .. }) => Some((kind, editor.text().trim_end().to_owned())),
        _ => None,
    }
}

fn gather(draft: &mut Draft, kind: WritingKind, text: &str) -> &'static str {
    match kind {
        WritingKind::Reply { .. } => {
            draft.set_reply(text, reply::how(&kind).unwrap_or_default());
            if text.trim().is_empty() { "reply-emptied" } else { "reply-kept" }
        }
        WritingKind::Note => {
            text.clone_into(&mut draft.note);
            if text.trim().is_empty() { "note-emptied" } else { "note-kept" }
        }
        WritingKind::Handover | WritingKind::AlertNote(_) | WritingKind::Doubt(_) | WritingKind::Answer(_) => {
            "text-left"
        }
    }
}
