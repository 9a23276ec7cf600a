//! The acts behind the keys.

use super::{choose, letters, question};
use crate::desk::FloorAsk;
use crate::desk::floor::Word;
use crate::moderation::Verdict;
use crate::moderation::floor::Step;
use crate::text::scrub;
use crate::tui::watch::model::{About, Model, Pane, Row};
use crate::tui::watch::msg::{Effect, Todo};
use crate::wellbeing::Severity;

/// Takes the alert under the cursor, else the oldest that nobody has taken; a trouble that is known becomes quiet.
pub fn acknowledge(model: &mut Model, todo: &mut Todo) {
    let row = model.row().filter(|_| model.pane == Pane::Alerts);
    let alert = match &row {
        Some(Row::Alert(id)) => Some(*id),
        Some(_) => None,
        None => model.untaken().next().map(|alert| alert.alert.id),
    };
    if let Some(id) = alert {
        model.say("watch-sending");
        return todo.push(Effect::Ask(FloorAsk::Acknowledge(id)));
    }
    let trouble = match row {
        Some(Row::Trouble(kind, queue)) => Some((kind, queue)),
        _ => model.loud().next().map(|trouble| (trouble.kind, trouble.queue.clone())),
    };
    if let Some(trouble) = trouble {
        model.quiet.insert(trouble);
        model.say("watch-quiet");
    }
}

/// Opens the item of the row; from a queue or a person it goes to what they hold.
pub fn open(model: &mut Model, todo: &mut Todo) {
    if let Some(item) = model.item() {
        return todo.push(Effect::Ask(FloorAsk::Open(item)));
    }
    if let Some(Row::Notice(notice)) = model.row() {
        return letters::read(model, notice);
    }
    let holds = |model: &Model, row: &Row| match row {
        Row::Queue(name) | Row::Trouble(_, name) => {
            let stuck =
                model.now.stuck.iter().find(|item| item.queue == *name).map(|item| Row::Stuck(item.item.clone()));
            let lease = model.now.leases.iter().find(|lease| lease.queue == *name);
            stuck.or_else(|| lease.map(|lease| Row::Lease(lease.item.clone())))
        }
        Row::Person(name) => {
            let lease = model.now.leases.iter().find(|lease| lease.by == *name);
            lease.map(|lease| Row::Lease(lease.item.clone()))
        }
        _ => None,
    };
    match model.row().and_then(|row| holds(model, &row)) {
        Some(row) => {
            model.pane = Pane::Hands;
            let place = model.rows(Pane::Hands).iter().position(|other| *other == row).unwrap_or(0);
            model.cursor.insert(Pane::Hands, (row, place));
        }
        None => model.say("watch-none-hands"),
    }
}

/// Shows harder content, or covers it again.
pub fn reveal(model: &mut Model, _: &mut Todo) {
    if let Some(opened) = &mut model.opened {
        opened.shown = !opened.shown;
    }
}

/// The last word on the item that is open.
pub fn decide(model: &mut Model, _: &mut Todo) {
    let Some(opened) = &model.opened else { return };
    let seen = opened.shown || opened.kept.item.severity < Severity::DISTURBING;
    let word = Word {
        item: opened.kept.item.id.clone(),
        revision: opened.kept.item.revision,
        client: opened.kept.client.clone(),
        verdict: Verdict::Approve,
        measure: None,
        policy: None,
        seen,
    };
    choose::verdict(model, word);
}

/// To another queue.
pub fn move_it(model: &mut Model, _: &mut Todo) {
    if let Some(item) = model.item() {
        choose::queue(model, item);
    }
}

/// Sooner or later.
pub fn priority(model: &mut Model, _: &mut Todo) {
    if let Some(item) = model.item() {
        question::ask(model, About::Priority(item), "");
    }
}

/// Another deadline.
pub fn deadline(model: &mut Model, _: &mut Todo) {
    if let Some(item) = model.item() {
        question::ask(model, About::Deadline(item), "");
    }
}

/// Out of somebody's hands.
pub fn release(model: &mut Model, todo: &mut Todo) {
    if let Some(item) = model.item() {
        model.say("watch-sending");
        todo.push(Effect::Ask(FloorAsk::Step(item, Step::Release)));
    }
}

/// Serves nothing from the queue, with a reason; or again.
pub fn pause(model: &mut Model, todo: &mut Todo) {
    let Some(name) = model.queue_at() else { return };
    if model.queue(&name).is_some_and(|queue| queue.stats.paused) {
        model.say("watch-sending");
        return todo.push(Effect::Ask(FloorAsk::Pause { queue: name, because: None }));
    }
    question::ask(model, About::Pause(name), "");
}

/// Which queues are somebody's.
pub fn assign(model: &mut Model, _: &mut Todo) {
    let Some(Row::Person(name)) = model.row() else { return };
    let person = model.now.people.iter().find(|person| person.name == name);
    let queues = person.map(|person| person.queues.join(", ")).unwrap_or_default();
    question::ask(model, About::Assign(name), queues);
}

/// Looks for items.
pub fn find(model: &mut Model, _: &mut Todo) {
    question::ask(model, About::Find, "");
}

/// Writes the dossier of the item.
pub fn case(model: &mut Model, todo: &mut Todo) {
    if let Some(item) = model.item() {
        model.say("watch-sending");
        todo.push(Effect::Ask(FloorAsk::Case(item)));
    }
}

/// The item's id.
pub fn copy_id(model: &mut Model, todo: &mut Todo) {
    if let Some(item) = model.item() {
        todo.push(Effect::Copy(item));
        model.say("item-copied-id");
    }
}

/// The item's link.
pub fn copy_link(model: &mut Model, todo: &mut Todo) {
    let url = model.opened.as_ref().and_then(|opened| opened.kept.item.url.as_ref());
    match url.map(|url| scrub::line(url).as_str().to_owned()) {
        Some(url) => {
            todo.push(Effect::Copy(url));
            model.say("item-copied-link");
        }
        None => model.say("item-no-link"),
    }
}
