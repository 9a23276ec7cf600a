//! Commands that end an item, and those that take it back.

use super::{Command, allowed, command, contexts, item};
use crate::desk::Says;
use crate::moderation::Verdict;
use crate::tui::model::{Mark, Model, Reason};
use crate::tui::update::{batch, choose, decide, undo};

/// Verdicts, undo, pass.
pub(super) const COMMANDS: &[Command] = &[
    Command {
        name: "item.approve",
        contexts: contexts("item.approve"),
        decides: true,
        unavailable: |m| allowed(m, "approve"),
        run: |m, key, todo| match m.batch {
            Some(_) => batch::ask(m, Says::only(Verdict::Approve), key),
            None => decide::approve(m, key, todo),
        },
    },
    command("item.delete", delete, |m, _, _| {
        let chooser = choose::policies(m, "verdict-delete");
        choose::open(m, chooser);
    }),
    command(
        "item.measure",
        |m| allowed(m, "restrict").or_else(|| policies(m)),
        |m, _, _| {
            let chooser = choose::measures(m);
            choose::open(m, chooser);
        },
    ),
    command("item.escalate", escalate, |m, _, _| {
        let chooser = choose::escalations(m);
        choose::open(m, chooser);
    }),
    command("item.undo", undoable, |m, _, todo| undo::undo(m, todo)),
    command("item.pass", item, |m, _, _| {
        let chooser = choose::passes(m);
        choose::open(m, chooser);
    }),
];

fn undoable(model: &Model) -> Reason {
    let nothing = model.held.is_empty() && model.sent.is_empty();
    nothing.then(|| Mark::new("held-nothing"))
}

fn delete(model: &Model) -> Reason {
    allowed(model, "delete").or_else(|| policies(model))
}

/// Deleting and restricting name a policy, so there must be one.
fn policies(model: &Model) -> Reason {
    let none = model.current.as_ref().is_some_and(|shown| shown.policies.policies.is_empty());
    none.then(|| Mark::new("desk-no-policies"))
}

fn escalate(model: &Model) -> Reason {
    allowed(model, "escalate").or_else(|| {
        let queue = &model.current.as_ref()?.served.queue;
        model.house.escalation_targets(queue).is_empty().then(|| Mark::new("desk-nowhere-to-escalate"))
    })
}
