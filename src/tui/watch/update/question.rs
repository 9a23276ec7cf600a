//! One line is typed: Enter does what was asked about, Esc leaves it undone.

use super::letters;
use crate::desk::FloorAsk;
use crate::desk::floor::{Word, deadline};
use crate::moderation::floor::Step;
use crate::text::scrub;
use crate::tui::keymap::{Code, Key};
use crate::tui::model::Mark;
use crate::tui::watch::model::{About, Layer, Model, Pane, Search, Whom};
use crate::tui::watch::msg::{Effect, Todo};

/// Longest line.
const LONGEST: usize = 500;

/// Asks.
pub fn ask(model: &mut Model, about: About, text: impl Into<String>) {
    model.layers.push(Layer::Question { about, text: text.into() });
}

/// Pasted text goes into an open line, else nowhere.
pub fn paste(model: &mut Model, pasted: &str) {
    model.pending.forget();
    let prose = matches!(model.layers.last(), Some(Layer::Question { about, .. }) if about.draft().is_some());
    if let Some(Layer::Question { text, .. } | Layer::Palette { text, .. }) = model.layers.last_mut() {
        let room = LONGEST.saturating_sub(text.chars().count());
        // Words that stood on several lines are not run together.
        let one_line = pasted.chars().map(|c| if prose && c.is_whitespace() { ' ' } else { c });
        text.extend(one_line.filter(|c| !c.is_control()).take(room));
    }
}

/// Leaves the line; words for somebody are there again when they are asked for anew.
pub fn leave(model: &mut Model) {
    if let Some(Layer::Question { about, text }) = model.layers.pop()
        && let Some(draft) = about.draft()
    {
        match text.trim().is_empty() {
            true => drop(model.unsent.remove(&draft)),
            false => drop(model.unsent.insert(draft, text)),
        }
    }
}

/// A key on the line.
pub fn key(model: &mut Model, pressed: Key, name: Option<&'static str>, todo: &mut Todo) {
    if name == Some("list.choose") {
        return answer(model, todo);
    }
    let Some(Layer::Question { text, .. }) = model.layers.last_mut() else { return };
    match (name, pressed.code, pressed.typed()) {
        (Some("text.erase_line"), ..) => text.clear(),
        (Some("text.erase_word"), ..) => {
            let kept = text.trim_end().rfind(' ').map_or(0, |at| at + 1);
            text.truncate(kept);
        }
        (_, Code::Backspace, _) => {
            text.pop();
        }
        (_, _, Some(c)) if text.chars().count() < LONGEST => text.push(c),
        _ => {}
    }
}

fn answer(model: &mut Model, todo: &mut Todo) {
    let Some(Layer::Question { about, text }) = model.layers.last().cloned() else { return };
    let typed = text.trim().to_owned();
    let asked = match about {
        About::Pause(_) | About::Reason(_) if typed.is_empty() => return model.say("watch-needs-reason"),
        About::Pause(queue) => FloorAsk::Pause { queue, because: Some(typed) },
        About::Priority(item) => match typed.parse::<i32>() {
            Ok(n) if (-100..=100).contains(&n) => {
                FloorAsk::Step(item, Step::Priority { priority: Some(n), due_at: None })
            }
            _ => return model.say("watch-not-a-number"),
        },
        About::Deadline(item) => match deadline(&typed, model.at.wall, &model.settings.zone) {
            Some(due) => FloorAsk::Step(item, Step::Priority { priority: None, due_at: Some(due) }),
            None => return model.say("watch-not-a-time"),
        },
        About::Assign(person) => {
            let queues = typed.split([',', ' ']).filter(|name| !name.is_empty()).map(str::to_owned);
            FloorAsk::Assign { person, queues: queues.collect() }
        }
        About::Find => {
            model.layers.pop();
            if typed.is_empty() {
                return todo.push(Effect::Ask(FloorAsk::StopFinding));
            }
            model.search = Search { typed: typed.clone(), found: Vec::new(), running: true };
            model.pane = Pane::Found;
            (model.opened, model.reading) = (None, None);
            model.cursor.remove(&Pane::Found);
            return todo.push(Effect::Ask(FloorAsk::Find(typed)));
        }
        About::Reason(word) => match overrule(model, &word, typed) {
            Some(asked) => asked,
            None => return,
        },
        About::Answer(doubt, advice) => match letters::answered(model, doubt, advice, &typed) {
            Some(asked) => asked,
            None => return,
        },
        About::Notice(whom, confirm) => match letters::written(model, &whom, confirm, &typed) {
            Some(asked) => asked,
            None => return,
        },
        About::Whom => {
            if !model.now.people.iter().any(|person| person.name == typed) {
                return model.say(Mark::new("watch-nobody-named").text("name", scrub::log(&typed)));
            }
            model.layers.pop();
            return letters::confirm(model, Whom::Person(typed));
        }
    };
    model.layers.pop();
    model.say("watch-sending");
    todo.push(Effect::Ask(asked));
}

fn overrule(model: &mut Model, word: &Word, reason: String) -> Option<FloorAsk> {
    let id = model.ids.pop_front()?;
    let version = model.house.policies_of(&word.client).version.clone();
    Some(FloorAsk::Overrule(Box::new(word.spoken(id, &version, &reason, model.at.wall))))
}
