//! Opening a picture step by step, and letting it go: nothing of one is held longer than it is on screen.

use super::{Todo, guard, open};
use crate::desk::picture::{self, Picture, Step};
use crate::desk::{Ask, Look, NoPicture, Pictures};
use crate::tui::effect::Effect;
use crate::tui::model::{Mark, Model, Peek};
use crate::tui::view::picture_room;
use std::sync::Arc;

/// `o` on an item with pictures: the first of them, a step more of the open one, or the next. Answers whether there
/// is any.
pub fn open_more(model: &mut Model, todo: &mut Todo) -> bool {
    let Some(shown) = &model.current else { return false };
    let places: Vec<usize> = picture::of(&shown.served.item).map(|(at, _)| at).collect();
    let Some(first) = places.first().copied() else { return false };
    if model.settings.pictures == Pictures::None {
        model.say("picture-off");
        return true;
    }
    let Some(peek) = &shown.peek else {
        look(model, first, Step::Blurred, todo);
        return true;
    };
    let (at, step, waits, not) = (peek.at, peek.step, peek.waits, peek.not.is_some());
    let next = places.iter().copied().find(|place| *place > at);
    if let Err(mark) = guard::opens_more(model) {
        model.say(mark);
        return true;
    }
    match (step.next(), next) {
        _ if waits => model.say("picture-coming"),
        (Some(more), _) if !not => look(model, at, more, todo),
        (_, Some(next)) => look(model, next, Step::Blurred, todo),
        _ => model.say("picture-all"),
    }
    true
}

/// The next picture of the item, from its first step; after the last the first.
pub fn next(model: &mut Model, todo: &mut Todo) {
    let Some(shown) = &model.current else { return };
    let places: Vec<usize> = picture::of(&shown.served.item).map(|(at, _)| at).collect();
    let Some(peek) = &shown.peek else { return model.say("picture-none-open") };
    let after = places.iter().copied().find(|place| *place > peek.at).or(places.first().copied());
    match after.filter(|after| *after != peek.at) {
        Some(after) => look(model, after, Step::Blurred, todo),
        None => model.say("picture-only"),
    }
}

fn look(model: &mut Model, at: usize, step: Step, todo: &mut Todo) {
    let until = model.settings.reveal.picture_after().map(|stays| model.now() + stays);
    let now = model.now();
    let Some(shown) = &mut model.current else { return };
    let hash = shown.served.item.media.get(at).and_then(|medium| medium.hash());
    let before = shown.peek.take().filter(|peek| peek.at == at).and_then(|peek| peek.picture);
    let not = hash.is_none().then_some(NoPicture::NotHere);
    shown.peek = Some(Peek { at, step, picture: before, waits: hash.is_some(), not, since: now, until });
    open::lay_out(model);
    ask(model, todo);
}

/// Asks for the open picture in the room that it has now.
fn ask(model: &mut Model, todo: &mut Todo) {
    let Some(room) = picture_room(model) else { return };
    let Some(shown) = &model.current else { return };
    let Some(peek) = &shown.peek else { return };
    if let Some(hash) = shown.served.item.media.get(peek.at).and_then(|medium| medium.hash()) {
        let item = shown.served.item.id.clone();
        todo.push(Effect::Ask(Ask::Picture(Look { item, at: peek.at, hash, step: peek.step, room })));
    }
}

/// The room has changed: the same step anew.
pub fn fit(model: &mut Model, todo: &mut Todo) {
    if let Some(peek) = model.current.as_mut().and_then(|shown| shown.peek.as_mut())
        && peek.not.is_none()
    {
        (peek.picture, peek.waits) = (None, true);
        ask(model, todo);
    }
}

/// It came, or why it did not. One that nobody waits for any more is dropped unseen.
pub fn came(model: &mut Model, look: &Look, answer: Result<Picture, NoPicture>) {
    let Some(shown) = &mut model.current else { return };
    let wanted = shown.served.item.id == look.item;
    let Some(peek) = shown.peek.as_mut().filter(|peek| wanted && peek.at == look.at && peek.step == look.step) else {
        return;
    };
    peek.waits = false;
    match answer {
        Ok(picture) => (peek.picture, peek.not) = (Some(Arc::new(picture)), None),
        Err(why) => {
            (peek.picture, peek.not) = (None, Some(why));
            let why = model.words.coded("picture", why.code()).into_owned();
            model.say(Mark::new("picture-no").text("why", why));
        }
    }
}

/// Whether a picture is open, or on its way.
pub fn is_open(model: &Model) -> bool {
    model.current.as_ref().is_some_and(|shown| shown.peek.is_some())
}

/// Covers it.
pub fn cover(model: &mut Model) {
    if let Some(shown) = &mut model.current {
        shown.peek = None;
    }
}

/// After every message: a picture whose item cannot be seen any more is gone, and the desk keeps nothing of it.
pub fn let_go(model: &mut Model, was_open: bool, todo: &mut Todo) {
    if is_open(model) && model.in_front().is_none() {
        cover(model);
        open::lay_out(model);
    }
    if was_open && !is_open(model) {
        todo.push(Effect::Ask(Ask::CoverPicture));
    }
}
