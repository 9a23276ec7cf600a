//! What a supervisor can do by keys, declared once; help, hint bar and palette are views of these records.

use super::model::{Model, Pane, Row};
use super::msg::{Effect, Todo};
use super::update::{act, key, letters};
use crate::tui::command::names;
use crate::tui::keymap::Context;
use crate::tui::model::Mark;

/// One command. Its words stand in `command.ftl`, under its name.
#[derive(Debug)]
pub struct Command {
    /// As keymaps have it.
    pub name: &'static str,
    /// Why it cannot be used now: pressed all the same, its key says so.
    pub unavailable: fn(&Model) -> Option<Mark>,
    /// What it does.
    pub run: fn(&mut Model, &mut Todo),
}

const fn command(
    name: &'static str,
    unavailable: fn(&Model) -> Option<Mark>,
    run: fn(&mut Model, &mut Todo),
) -> Command {
    Command { name, unavailable, run }
}

const COMMANDS: &[Command] = &[
    command("watch.acknowledge", alert, act::acknowledge),
    command("watch.open", item_or_more, act::open),
    command("watch.reveal", opened, act::reveal),
    command("watch.decide", opened, act::decide),
    command("watch.move", item, act::move_it),
    command("watch.priority", item, act::priority),
    command("watch.deadline", item, act::deadline),
    command("watch.release", held, act::release),
    command("watch.pause", queue, act::pause),
    command("watch.assign", person, act::assign),
    command("watch.answer", question, letters::answer),
    command("watch.keep", answered, letters::keep),
    command("watch.notice", always, letters::notice),
    command("watch.find", always, act::find),
    command("watch.case", item, act::case),
    command("watch.look", always, |_, todo| todo.push(Effect::Ask(crate::desk::FloorAsk::Look))),
    command("list.down", always, |model, _| key::step(model, 1)),
    command("list.up", always, |model, _| key::step(model, -1)),
    command("scroll.page_down", always, |model, _| key::step(model, 10)),
    command("scroll.page_up", always, |model, _| key::step(model, -10)),
    command("pane.next", always, |model, _| key::pane(model, 1)),
    command("pane.previous", always, |model, _| key::pane(model, -1)),
    command("copy.id", item, act::copy_id),
    command("copy.link", opened, act::copy_link),
    command("palette.open", always, |model, _| key::palette(model)),
    command("help.open", always, |model, _| key::help(model)),
    command("screen.leave", always, |model, _| key::leave(model)),
    command("watch.leave", always, |model, _| model.leaving = true),
];

/// All of them, in the order of help.
pub fn all() -> impl Iterator<Item = &'static Command> {
    let here = |name: &str| COMMANDS.iter().find(|command| command.name == name);
    names::NAMES
        .iter()
        .filter(|(_, contexts)| contexts.contains(&Context::Watch))
        .filter_map(move |(name, _)| here(name))
}

/// The command of this name.
pub fn named(name: &str) -> Option<&'static Command> {
    COMMANDS.iter().find(|command| command.name == name)
}

fn always(_: &Model) -> Option<Mark> {
    None
}

fn item(model: &Model) -> Option<Mark> {
    model.item().is_none().then(|| Mark::new("watch-no-item"))
}

/// Opening goes on from everything that leads to something.
fn item_or_more(model: &Model) -> Option<Mark> {
    model.row().is_none().then(|| Mark::new("watch-no-row"))
}

fn opened(model: &Model) -> Option<Mark> {
    let key = || model.keys.key_of(Context::Watch, "watch.open").unwrap_or_default().to_owned();
    model.opened.is_none().then(|| Mark::new("watch-not-opened").text("key", key()))
}

fn held(model: &Model) -> Option<Mark> {
    item(model).or_else(|| {
        let item = model.item()?;
        let held = model.now.leases.iter().any(|lease| lease.item == item);
        (!held).then(|| Mark::new("watch-not-held").text("item", crate::text::scrub::log(&item)))
    })
}

fn queue(model: &Model) -> Option<Mark> {
    model.queue_at().is_none().then(|| Mark::new("watch-no-queue"))
}

fn person(model: &Model) -> Option<Mark> {
    let there = model.pane == Pane::People && matches!(model.row(), Some(Row::Person(_)));
    (!there).then(|| Mark::new("watch-no-person"))
}

/// From anywhere its key leads to the questions, while there are any.
fn question(model: &Model) -> Option<Mark> {
    let none = model.question_at().is_none() && model.messages.questions().is_empty();
    none.then(|| Mark::new("watch-no-question"))
}

fn answered(model: &Model) -> Option<Mark> {
    model.keepable().is_none().then(|| Mark::new("watch-nothing-answered"))
}

fn alert(model: &Model) -> Option<Mark> {
    let any = model.untaken().next().is_some() || model.loud().next().is_some();
    (!any).then(|| Mark::new("watch-no-alert"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_of_the_watch_has_its_command_and_the_other_way_round() {
        for (name, contexts) in names::NAMES {
            let here = contexts.contains(&Context::Watch);
            assert_eq!(named(name).is_some(), here, "{name}");
        }
        for command in COMMANDS {
            assert!(names::NAMES.iter().any(|(name, _)| *name == command.name), "{}", command.name);
        }
    }
}
