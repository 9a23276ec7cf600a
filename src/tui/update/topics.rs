//! What a moderator does not take: chosen by letters, told to the queue at once, and to nobody else.

use super::{Todo, choose};
use crate::desk::{Ask, own};
use crate::tui::effect::Effect;
use crate::tui::model::{Choice, Chooser, Mark, Model, Picked};

/// Opens the choice, once the queue has told what is taken now.
pub fn start(model: &mut Model, todo: &mut Todo) {
    model.topics_wanted = true;
    todo.push(Effect::Ask(Ask::Mine));
}

/// The queue has told.
pub fn told(model: &mut Model, mine: crate::moderation::mine::Mine) {
    let changed = model.mine.as_ref().is_some_and(|before| before.topics != mine.topics);
    model.mine = Some(Box::new(mine));
    if std::mem::take(&mut model.topics_wanted) && model.curtain.is_none() && model.layers.is_empty() {
        let chooser = chooser(model);
        return choose::open(model, chooser);
    }
    if changed && let Some(mine) = &model.mine {
        let topics = mine.topics.join(", ");
        model.say(match topics.is_empty() {
            true => Mark::new("mine-all-topics"),
            false => Mark::new("mine-topics-now").text("topics", crate::text::scrub::log(&topics)),
        });
    }
}

fn chooser(model: &Model) -> Chooser {
    let own: Vec<String> = model.mine.iter().flat_map(|mine| mine.topics.clone()).collect();
    let out = model.words.say("mine-topic-out").into_owned();
    let choice = |(letter, code, title): (char, String, String)| {
        let taken = !own.iter().any(|topic| topic.eq_ignore_ascii_case(&code));
        let note = if taken { String::new() } else { out.clone() };
        Choice { letter, title, note, picked: Picked::Topic(code) }
    };
    let choices = own::topics(&model.house, model.words.lang().code()).into_iter().map(choice).collect();
    Chooser::new("mine-topic-title", choices)
}

/// A letter was pressed: the topic goes out, or comes back.
pub fn toggle(model: &mut Model, topic: &str, todo: &mut Todo) {
    let Some(mine) = &model.mine else { return };
    todo.push(Effect::Ask(Ask::OptOut(own::toggled(mine, topic))));
}
