//! The day's one question, for the moderator alone: how one is, and how heavy it was. Passing is normal.

use super::{Todo, choose};
use crate::tui::effect::Effect;
use crate::tui::model::{Choice, Chooser, Model, Picked};

/// Asks for the mood.
pub fn start(model: &mut Model) {
    ask(model, "checkin-mood", Picked::Mood);
}

/// Then for the load.
pub fn load(model: &mut Model, mood: u8) {
    ask(model, "checkin-load", |load| Picked::Load(mood, load));
}

/// Kept on this machine.
pub fn done(model: &mut Model, mood: u8, load: u8, todo: &mut Todo) {
    model.checked_in = true;
    model.say("checkin-kept");
    todo.push(Effect::CheckIn(mood, load));
}

fn ask(model: &mut Model, title: &'static str, picked: impl Fn(u8) -> Picked) {
    let choice = |n: u8| Choice {
        letter: char::from(b'0' + n),
        title: model.words.say(&format!("{title}-{n}")).into_owned(),
        note: String::new(),
        picked: picked(n),
    };
    let choices = (1..=5).map(choice).collect();
    choose::open(model, Chooser::new(title, choices));
}
