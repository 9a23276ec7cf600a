//! Notices, doubts and answers: heard, asked, read.

use super::{Todo, choose, page};
use crate::desk::Ask;
use crate::desk::messages::{Letter, Reader, letter, letters};
use crate::moderation::doubt::{Answer, Seeking};
use crate::moderation::{AskTo, DoubtState, Messages, Precedent};
use crate::text::Untrusted;
use crate::tui::effect::Effect;
use crate::tui::keymap::Context;
use crate::tui::model::{
    Choice, Chooser, Layer, Mark, Model, Page, PageKind, Picked, Reason, Screen, Writing, WritingKind,
};
use uuid::Uuid;

/// Letters of a list; `j` and `k` are among them, since a chooser is moved in by other keys.
const LETTERS: std::ops::RangeInclusive<char> = 'a'..='z';

/// What there is to read now.
pub fn heard(model: &mut Model, messages: Messages) {
    let waited: Vec<Uuid> = model.messages.waiting().map(|notice| notice.id).collect();
    let new = messages.waiting().any(|notice| !waited.contains(&notice.id) && !model.confirmed.contains(&notice.id));
    model.confirmed.retain(|id| messages.waiting().any(|notice| notice.id == *id));
    model.messages = messages;
    if new && model.screen == Screen::Item && model.current.is_some() {
        model.say("message-waits");
    }
}

/// Reads to this moderator.
pub fn reader(model: &Model) -> Reader<'_> {
    Reader { words: &model.words, zone: &model.settings.zone, now: model.at.wall, house: &model.house }
}

/// `w`: whom.
pub fn ask(model: &mut Model) {
    let choices = AskTo::ALL.into_iter().zip(['c', 's', 'p']).map(|(to, letter)| {
        let id = format!("doubt-{}", to.code());
        let note = model.words.say(&format!("{id}.doc")).into_owned();
        Choice { letter, title: model.words.say(&id).into_owned(), note, picked: Picked::Ask(to) }
    });
    let chooser = Chooser::new("doubt-ask", choices.collect());
    choose::open(model, chooser);
}

/// `W`: what there is to read; after `/`, words that no line has look for precedents.
pub fn list(model: &mut Model) {
    let reader = reader(model);
    let mut names = LETTERS;
    let choices: Vec<Choice> = letters(&model.messages)
        .into_iter()
        .map(|one| {
            let waits = matches!(one, Letter::Notice(notice) if model.confirmed.contains(&notice.id));
            let new = one.is_new() && !waits;
            Choice {
                letter: names.next().unwrap_or('\0'),
                title: one.line(reader),
                note: if new { model.words.say("message-new").into_owned() } else { String::new() },
                picked: Picked::Message(one.id()),
            }
        })
        .collect();
    if choices.is_empty() && model.messages.precedents.is_empty() {
        return model.say("message-none");
    }
    let mut chooser = Chooser::new("message-title", choices);
    if !model.messages.precedents.is_empty() {
        chooser.asks = Some(format!("{} · {}", model.words.say("message-title"), model.words.say("message-find")));
        chooser.free = Some(Picked::Seek);
    }
    choose::open(model, chooser);
}

/// Opens one; a notice waits for its Enter, everything else is read by being opened.
pub fn open(model: &mut Model, id: Uuid, todo: &mut Todo) {
    let Some(one) = letter(&model.messages, id) else { return model.say("message-none") };
    if one.is_new() && !matches!(one, Letter::Notice(notice) if notice.waits()) {
        todo.push(Effect::Ask(Ask::Confirm(vec![id])));
    }
    page::open(model, PageKind::Message(id), todo);
}

/// Enter on a notice, on its page or before the next item: it has been read.
pub fn confirm(model: &mut Model, id: Uuid, todo: &mut Todo) {
    let Some(Letter::Notice(notice)) = letter(&model.messages, id) else { return };
    let what = reader(model).notice_head(notice);
    if notice.waits() && model.confirmed.insert(id) {
        todo.push(Effect::Ask(Ask::Confirm(vec![id])));
        model.say(Mark::new("message-confirmed").text("what", what));
    }
}

/// Looks for precedents by their words.
pub fn seek(model: &mut Model, words: String, todo: &mut Todo) {
    model.found = None;
    todo.push(Effect::Ask(Ask::Precedents(Seeking { item: None, words: Some(words) })));
}

/// What was found: beside an item, or by words.
pub fn found(model: &mut Model, seeking: Seeking, precedents: Vec<Precedent>, todo: &mut Todo) {
    match (seeking.item, seeking.words) {
        (Some(item), None) => model.precedents = Some((item, precedents)),
        (_, Some(words)) if precedents.is_empty() => {
            model.say(Mark::new("message-no-precedents").text("words", crate::text::scrub::log(&words)));
        }
        (_, Some(words)) => {
            model.found = Some((words, precedents));
            page::open(model, PageKind::Precedents, todo);
        }
        (None, None) => {}
    }
}

/// The doubt whose page lies on top.
pub fn doubt(model: &Model) -> Option<&DoubtState> {
    let page = model.layers.iter().rev().find_map(|layer| match layer {
        Layer::Page(Page { kind: PageKind::Message(id), .. }) => Some(*id),
        _ => None,
    });
    letter(&model.messages, page?)?.doubt()
}

/// Why there is nothing to answer here.
pub fn no_doubt(model: &Model) -> Reason {
    doubt(model).is_none().then(|| Mark::new("doubt-only"))
}

/// Why it cannot be taken up.
pub fn not_parked(model: &Model) -> Reason {
    no_doubt(model).or_else(|| {
        let parked = doubt(model).is_some_and(|doubt| doubt.parked_until.is_some() && doubt.settled.is_none());
        (!parked).then(|| Mark::new("doubt-not-parked"))
    })
}

/// Why it is no precedent.
pub fn no_precedent(model: &Model) -> Reason {
    no_doubt(model).or_else(|| {
        // Who asked keeps it, or a supervisor: whether this reader is one, the queue says.
        doubt(model)?.answers.is_empty().then(|| Mark::new("doubt-no-answer"))
    })
}

/// `a` on a doubt: writes an answer.
pub fn answer(model: &mut Model) {
    if let Some(id) = doubt(model).map(|doubt| doubt.id) {
        super::write::open(model, WritingKind::Answer(id));
    }
}

/// `t` on a doubt: the item comes next.
pub fn take_up(model: &mut Model, todo: &mut Todo) {
    let Some(item) = doubt(model).map(|doubt| doubt.item.clone()) else { return };
    todo.push(Effect::Ask(Ask::TakeUp(item)));
    model.layers.clear();
    model.say("doubt-taking");
}

/// Whether it came.
pub fn taken_up(model: &mut Model, item: &str, came: bool) {
    if !came {
        model.say(Mark::new("doubt-not-taken").text("item", item));
    }
}

/// `p` on a doubt that was answered.
pub fn keep(model: &mut Model, todo: &mut Todo) {
    let Some((id, kept)) = doubt(model).map(|doubt| (doubt.id, doubt.precedent)) else { return };
    todo.push(Effect::Ask(Ask::KeepPrecedent(id, !kept)));
    model.say(if kept { "doubt-dropped" } else { "doubt-kept" });
}

/// What keeps the open box from being sent.
pub fn unsendable(model: &Model) -> Option<Mark> {
    let Some(Layer::Writing(Writing { kind, editor, .. })) = model.layers.last() else { return None };
    let empty = editor.text().trim().is_empty();
    match kind {
        WritingKind::Doubt(to) if empty && *to != AskTo::Call => Some(Mark::new("doubt-empty")),
        WritingKind::Answer(id) if empty => {
            let call = letter(&model.messages, *id).and_then(Letter::doubt).is_some_and(|one| one.to == AskTo::Call);
            (!call).then(|| Mark::new("doubt-empty-answer"))
        }
        _ => None,
    }
}

/// The answer in the box is sent.
pub fn answered(model: &mut Model, doubt: Uuid, text: &str, todo: &mut Todo) {
    let Some(id) = model.id() else { return model.say("desk-no-ids") };
    model.begun.remove(&doubt);
    let answer = Answer { id, text: Untrusted::new(text), advice: None };
    todo.push(Effect::Ask(Ask::Answer(doubt, answer)));
    model.say("doubt-answered");
}

/// The mark of a question that was asked.
pub fn asked(model: &Model, item: &str) -> Mark {
    let key = model.keys.key_of(Context::Desk, "item.messages").unwrap_or_default().to_owned();
    Mark::new("doubt-asked").text("item", item).text("key", key)
}
