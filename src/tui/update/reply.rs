//! Replies: the picker of prepared ones, the client's questions, blanks, and the editor outside.

use super::{Todo, choose, write};
use crate::desk::replying::Answering;
use crate::moderation::follow_up::Visibility;
use crate::moderation::template::{Filled, Replies, Template, search};
use crate::tui::effect::Effect;
use crate::tui::keymap::{Code, Key};
use crate::tui::model::{
    Choice, Chooser, Cover, Layer, Mark, Model, Picked, Picker, ReplyAs, Shown, Writing, WritingKind,
};
use crate::wellbeing::Masking;
use std::sync::Arc;

/// Longest text searched for, in characters.
const LONGEST: usize = 60;

/// `r`: the picker, or the box where a reply was begun already, or where the client has prepared none.
pub fn start(model: &mut Model) {
    let Some(shown) = &model.current else { return model.say("guard-no-item") };
    let begun = shown.draft.reply().is_some() || shown.draft.unfinished_reply().is_some();
    let client = shown.served.client.clone();
    let replies = model.house.replies(&client);
    if begun || offered(model, &replies).is_empty() {
        return write::open(model, WritingKind::Reply { private: false, template: None });
    }
    model.layers.push(Layer::Replies(Picker { replies, text: String::new(), at: 0 }));
}

/// The picker over an open box: what is picked goes in where the cursor is, so that nothing typed is lost.
pub fn pick(model: &mut Model) {
    let Some(client) = model.current.as_ref().map(|shown| shown.served.client.clone()) else { return };
    let replies = model.house.replies(&client);
    model.layers.push(Layer::Replies(Picker { replies, text: String::new(), at: 0 }));
}

/// Whether nothing is prepared that fits the item on screen.
pub fn none_prepared(model: &Model) -> bool {
    let client = model.current.as_ref().map(|shown| shown.served.client.as_str());
    let client = client.and_then(|client| model.house.clients.get(client));
    client.is_none_or(|client| client.templates.is_none())
}

/// An alert offers its reply: the one that the client has prepared for it, privately.
pub fn crisis(model: &mut Model) {
    let Some(client) = model.current.as_ref().map(|shown| shown.served.client.clone()) else { return };
    match model.house.replies(&client).get("crisis").map(|template| template.code.clone()) {
        Some(code) => take(model, &code),
        None => write::open(model, WritingKind::Reply { private: true, template: None }),
    }
}

/// What a reply to the item on screen is made from.
fn answering<'a>(model: &'a Model, shown: &'a Shown) -> Answering<'a> {
    Answering {
        served: &shown.served,
        policies: &shown.policies,
        lexicon: &shown.lexicon,
        client: model.house.clients.get(&shown.served.client).map(Arc::as_ref),
        moderator: &model.settings.moderator,
        open: shown.mask == Masking::Full || matches!(shown.cover, Cover::Open(_)),
        zone: &model.settings.zone,
        now: model.at.wall,
    }
}

fn offered<'a>(model: &Model, replies: &'a Replies) -> Vec<&'a Template> {
    let Some(shown) = &model.current else { return Vec::new() };
    let (client, item) = (&shown.served.client, &shown.served.item);
    let policies = answering(model, shown).policies();
    replies.likely(client, item, &policies, &model.recent.templates_of(client))
}

/// The lines of the picker: the likely ones, or those that fit what was typed.
pub fn lines<'a>(model: &Model, picker: &'a Picker) -> Vec<&'a Template> {
    search(offered(model, &picker.replies), &picker.text, model.words.lang().code())
}

/// The text of a template as it would stand in the box for the item on screen.
pub fn filled(model: &Model, template: &Template) -> Filled {
    model.current.as_ref().map(|shown| answering(model, shown).fill(template)).unwrap_or_default()
}

/// A key on the picker.
pub fn key(model: &mut Model, pressed: Key, name: Option<&'static str>) {
    let Some(Layer::Replies(picker)) = model.layers.last().cloned() else { return };
    let found = lines(model, &picker);
    let (last, chosen) = (found.len().saturating_sub(1), found.get(picker.at).map(|template| template.code.clone()));
    let Some(Layer::Replies(open)) = model.layers.last_mut() else { return };
    match (name, pressed.code, pressed.typed()) {
        (Some("list.down"), ..) => open.at = (open.at + 1).min(last),
        (Some("list.up"), ..) => open.at = open.at.saturating_sub(1),
        (Some("list.choose"), ..) => match chosen {
            Some(code) => take(model, &code),
            None => model.say("palette-none"),
        },
        (Some("reply.free"), ..) => free(model),
        (Some("reply.questions"), ..) if picker.replies.tree.is_none() => model.say("reply-no-questions"),
        (Some("reply.questions"), ..) => questions(model),
        (Some("text.erase_line" | "text.erase_word"), ..) => (open.text, open.at) = (String::new(), 0),
        (_, Code::Backspace, _) => {
            open.text.pop();
            open.at = 0;
        }
        (_, _, Some(c)) if open.text.chars().count() < LONGEST => {
            open.text.push(c);
            open.at = 0;
        }
        _ => {}
    }
}

/// Write freely after all; over an open box it just goes away.
pub fn free(model: &mut Model) {
    model.layers.retain(|layer| !matches!(layer, Layer::Replies(_)));
    if !matches!(model.layers.last(), Some(Layer::Writing(_))) {
        write::open(model, WritingKind::Reply { private: false, template: None });
    }
}

/// The first question of the client's FAQ.
pub fn questions(model: &mut Model) {
    let Some(Layer::Replies(picker)) = model.layers.last() else { return };
    let Some(start) = picker.replies.tree.as_ref().map(|tree| tree.start.clone()) else { return };
    ask(model, &start);
}

/// A question with its answers, one key each.
pub fn ask(model: &mut Model, name: &str) {
    let picker = model.layers.iter().find_map(|layer| match layer {
        Layer::Replies(picker) => Some(picker.replies.clone()),
        _ => None,
    });
    let Some(replies) = picker else { return };
    let Some(question) = replies.tree.as_ref().and_then(|tree| tree.questions.get(name)) else { return };
    let lang = model.words.lang().code();
    let said = |texts: &std::collections::BTreeMap<String, String>| {
        texts.get(lang).or_else(|| texts.get("en")).or_else(|| texts.values().next()).cloned().unwrap_or_default()
    };
    let choices = question.answers.iter().map(|answer| {
        let (note, picked) = match (&answer.question, &answer.template) {
            (Some(next), _) => ("…".to_owned(), Picked::Question(next.clone())),
            (None, code) => {
                let code = code.clone().unwrap_or_default();
                let title = replies.get(&code).map(|template| template.title_in(lang).to_owned());
                (title.unwrap_or_default(), Picked::Template(code))
            }
        };
        Choice { letter: answer.key, title: said(&answer.say), note, picked }
    });
    let mut chooser = Chooser::new("reply-questions", choices.collect());
    chooser.asks = Some(said(&question.ask));
    choose::open(model, chooser);
}

/// Takes a prepared reply: filled as far as it goes, the cursor on its first blank.
pub fn take(model: &mut Model, code: &str) {
    let Some(shown) = &model.current else { return };
    let client = shown.served.client.clone();
    let replies = model.house.replies(&client);
    let Some(template) = replies.get(code) else { return model.say("reply-no-templates") };
    let text = filled(model, template).text;
    let private = template.visibility == Visibility::Private;
    model.layers.retain(|layer| matches!(layer, Layer::Writing(_)));
    if model.layers.is_empty() {
        write::open(model, WritingKind::Reply { private, template: None });
    }
    let limit = limit(model, &replies, Some(code));
    let Some(Layer::Writing(writing)) = model.layers.last_mut() else { return };
    // In an empty box the template says who reads it; beside words already written it does not.
    let empty = writing.editor.text().trim().is_empty();
    if let WritingKind::Reply { private: is, template: from } = &mut writing.kind {
        *from = Some(code.to_owned());
        *is = if empty { private } else { *is || private };
    }
    writing.limit = limit;
    writing.editor.insert(&text);
    go_to_blank(writing, 0, true);
}

/// Most characters that a reply to the item on screen may have.
pub fn limit(model: &Model, replies: &Replies, template: Option<&str>) -> Option<u32> {
    let channel = model.current.as_ref().and_then(|shown| shown.served.item.channel.as_ref());
    replies.limit(template, channel.map(|channel| channel.raw()))
}

/// The next blank, or the one before; what is typed takes its place.
pub fn to_blank(model: &mut Model, forward: bool) {
    let Some(Layer::Writing(writing)) = model.layers.last_mut() else { return };
    let at = writing.editor.at();
    if !go_to_blank(writing, at, forward) {
        model.say("reply-no-blanks");
    }
}

fn go_to_blank(writing: &mut Writing, at: usize, forward: bool) -> bool {
    let blanks = Filled::blanks_of(writing.editor.text());
    let next = if forward {
        blanks.iter().find(|blank| blank.at.end > at).or(blanks.first())
    } else {
        blanks.iter().rev().find(|blank| blank.at.end < at).or(blanks.last())
    };
    next.map(|blank| writing.editor.pick(blank.at.clone())).is_some()
}

/// To the first blank.
pub fn to_first_blank(model: &mut Model) {
    if let Some(Layer::Writing(writing)) = model.layers.last_mut() {
        go_to_blank(writing, 0, true);
    }
}

/// How the open box's reply goes out.
pub fn how(kind: &WritingKind) -> Option<ReplyAs> {
    match kind {
        WritingKind::Reply { private, template } => {
            let visibility = if *private { Visibility::Private } else { Visibility::Public };
            Some(ReplyAs { visibility, template: template.clone() })
        }
        _ => None,
    }
}

/// The text goes to the editor of the moderator's choice; the item is not in front of anybody meanwhile.
pub fn edit(model: &mut Model, todo: &mut Todo) {
    let Some(Layer::Writing(writing)) = model.layers.last() else { return };
    todo.push(Effect::Edit(writing.editor.text().to_owned()));
    let now = model.now();
    model.edited_for = Some((writing.kind.name(), model.current.as_ref().map(|shown| shown.served.item.id.clone())));
    if let Some(shown) = &mut model.current {
        shown.active.stop(now);
        // It has to be seen again before a key may decide it.
        shown.on_line_at = None;
    }
}

/// The editor was left. The text stands in the box again; nothing is kept or sent by it.
pub fn edited(model: &mut Model, saved: Result<String, String>) {
    model.last_key = model.now();
    match (saved, model.layers.last_mut()) {
        (Ok(text), Some(Layer::Writing(writing))) => {
            writing.editor = crate::tui::widget::Editor::new("");
            writing.editor.insert(text.trim_end());
            model.say("reply-edited");
        }
        // A break or somebody else's decision closed the box meanwhile.
        (Ok(text), _) => late(model, text),
        (Err(why), _) => model.say(Mark::new("reply-editor-failed").text("why", crate::text::scrub::log(&why))),
    }
}

/// What came from the editor after its box was closed goes where the box put its text, so that nothing typed is lost.
fn late(model: &mut Model, text: String) {
    let Some((name, Some(item))) = model.edited_for.take() else { return };
    let here = model.current.as_mut().filter(|shown| shown.served.item.id == item).map(|shown| &mut shown.draft);
    let Some(draft) = here.or_else(|| model.drafts.get_mut(&item)) else { return model.say("reply-edited-late") };
    draft.take_unfinished(name);
    draft.unfinished.push((name.to_owned(), text.trim_end().to_owned()));
}
