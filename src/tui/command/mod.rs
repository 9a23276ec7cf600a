//! What a moderator can do, declared once. Help, hint bar, palette, `moddesk keys` and the check of keymaps are views
//! of these records.

mod bindings;
mod deciding;
mod following;
mod looking;
pub mod names;
mod staying;

pub use bindings::{Bindings, spelt};

use super::keymap::{Context, Key};
use super::model::{Mark, Model, Reason, Screen, WhyNot};
use super::update::Todo;

/// One command. Its words stand in `command.ftl`, under its name.
#[derive(Debug)]
pub struct Command {
    /// As keymaps have it; stays once it is shipped.
    pub name: &'static str,
    /// Where it applies.
    pub contexts: &'static [Context],
    /// Whether its key ends an item by itself.
    pub decides: bool,
    /// Why it cannot be used now: pressed all the same, its key says so.
    pub unavailable: WhyNot,
    /// What it does; with the key that it came by, for the guards.
    pub run: fn(&mut Model, Option<Key>, &mut Todo),
}

/// All of them that this desk has, in the order of help.
pub fn all() -> impl Iterator<Item = &'static Command> {
    names::NAMES.iter().filter_map(|(name, _)| named(name))
}

/// The command of this name.
pub fn named(name: &str) -> Option<&'static Command> {
    let groups = [deciding::COMMANDS, following::COMMANDS, looking::COMMANDS, staying::COMMANDS];
    groups.into_iter().flatten().find(|command| command.name == name)
}

/// Where a command of this name applies.
const fn contexts(name: &str) -> &'static [Context] {
    let mut at = 0;
    while at < names::NAMES.len() {
        if same(names::NAMES[at].0, name) {
            return names::NAMES[at].1;
        }
        at += 1;
    }
    panic!("every command has its line in names.rs")
}

const fn same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return false;
    }
    let mut at = 0;
    while at < a.len() {
        if a[at] != b[at] {
            return false;
        }
        at += 1;
    }
    true
}

/// A command that does not end an item by itself.
const fn command(name: &'static str, unavailable: WhyNot, run: fn(&mut Model, Option<Key>, &mut Todo)) -> Command {
    Command { name, contexts: contexts(name), decides: false, unavailable, run }
}

/// Always.
fn always(_: &Model) -> Reason {
    None
}

/// Only with an item on screen.
fn item(model: &Model) -> Reason {
    if model.screen != Screen::Item {
        return Some(Mark::new("guard-no-item"));
    }
    if let Some(change) = model.change_ahead() {
        let client = model.house.client_title(&change.client).to_owned();
        let mark = Mark::new("item-policies-changed");
        return Some(mark.text("client", client).text("version", change.to.clone()));
    }
    if model.notice_ahead().is_some() {
        return Some(Mark::new("guard-confirm-notice"));
    }
    match &model.current {
        Some(_) => None,
        None => Some(Mark::new("guard-not-there-yet")),
    }
}

/// Only where the backend allows this action on the item on screen.
fn allowed(model: &Model, action: &'static str) -> Reason {
    if let Some(why) = item(model) {
        return Some(why);
    }
    let shown = model.current.as_ref()?;
    if shown.served.actions.iter().any(|allowed| allowed == action) {
        return None;
    }
    let topic = if crate::moderation::Verdict::ALL.iter().any(|v| v.code() == action) { "verdict" } else { "followup" };
    let mark = Mark::new("guard-not-allowed").text("action", model.words.coded(topic, action));
    Some(mark.text("queue", model.house.queue_title(&shown.served.queue)))
}
