//! Commands that gather follow-ups on the draft, and the alert.

use super::{Command, allowed, always, command, item};
use crate::tui::model::{Layer, Mark, Model, PageKind, Reason, Writing, WritingKind};
use crate::tui::update::alert::Known;
use crate::tui::update::{alert, choose, messages, page, reply, write};

/// Follow-ups, notes, alerts, text boxes.
pub(super) const COMMANDS: &[Command] = &[
    command("item.reply", |m| allowed(m, "reply"), |m, _, _| reply::start(m)),
    command(
        "item.insight",
        |m| allowed(m, "insight"),
        |m, _, _| {
            let chooser = choose::insights(m);
            choose::open(m, chooser);
        },
    ),
    command("item.forward", forward, |m, _, _| {
        let chooser = choose::departments(m);
        choose::open(m, chooser);
    }),
    command("item.like_share", like_share, |m, _, _| {
        let chooser = choose::like_share(m);
        choose::open(m, chooser);
    }),
    command(
        "item.sanction",
        |m| allowed(m, "sanction").or_else(|| nobody(m)),
        |m, _, _| {
            let chooser = choose::sanctions(m);
            choose::open(m, chooser);
        },
    ),
    command(
        "item.label",
        |m| allowed(m, "label"),
        |m, _, _| {
            let chooser = choose::labels(m);
            choose::open(m, chooser);
        },
    ),
    command("item.doubt", item, |m, _, _| messages::ask(m)),
    command("message.answer", messages::no_doubt, |m, _, _| messages::answer(m)),
    command("message.take", messages::not_parked, |m, _, todo| messages::take_up(m, todo)),
    command("message.keep", messages::no_precedent, |m, _, todo| messages::keep(m, todo)),
    command("item.note", item, |m, _, _| write::open(m, WritingKind::Note)),
    command("alert.raise", item, |m, _, _| {
        let chooser = choose::alerts(m);
        choose::open(m, chooser);
    }),
    command("alert.answer", always, |m, _, _| alert::answer(m)),
    command("alert.plan", always, |m, _, todo| alert::complete(m, Known::Plan, todo)),
    command("alert.time", always, |m, _, todo| alert::complete(m, Known::Time, todo)),
    command("alert.place", always, |m, _, todo| alert::complete(m, Known::Place, todo)),
    command("alert.note", always, |m, _, _| alert::note(m)),
    command("alert.hide", hide, |m, _, _| alert::hide(m)),
    command("alert.keep", |m| allowed(m, "escalate"), alert::keep),
    command(
        "alert.reply",
        |m| allowed(m, "reply"),
        |m, _, _| {
            m.layers.pop();
            reply::crisis(m);
        },
    ),
    command("alert.withdraw", always, |m, _, todo| alert::complete(m, Known::Withdrawn, todo)),
    command("text.done", always, |m, _, todo| write::done(m, todo)),
    command("text.next_field", always, |m, _, _| reply::to_blank(m, true)),
    command("text.previous_field", always, |m, _, _| reply::to_blank(m, false)),
    command("text.template", templates, |m, _, _| reply::pick(m)),
    command("text.preview", replying, |m, _, todo| page::open(m, PageKind::Reply, todo)),
    command("text.editor", always, |m, _, todo| reply::edit(m, todo)),
    command("reply.free", picking, |m, _, _| reply::free(m)),
    command("reply.questions", questions, |m, _, _| reply::questions(m)),
    command("text.visibility", always, |m, _, _| write::visibility(m)),
    command("text.erase_word", always, |m, _, _| write::edit(m, |editor| editor.backspace_word())),
    command("text.erase_line", always, |m, _, _| write::edit(m, |editor| editor.clear_line())),
];

fn replying(model: &Model) -> Reason {
    let reply = |layer: &Layer| matches!(layer, Layer::Writing(Writing { kind: WritingKind::Reply { .. }, .. }));
    (!model.layers.iter().any(reply)).then(|| Mark::new("reply-only"))
}

fn nobody(model: &Model) -> Reason {
    let unknown = model.current.as_ref().is_some_and(|shown| shown.served.item.author.is_none());
    unknown.then(|| Mark::new("sanction-nobody"))
}

fn templates(model: &Model) -> Reason {
    replying(model).or_else(|| reply::none_prepared(model).then(|| Mark::new("reply-no-templates")))
}

fn picking(model: &Model) -> Reason {
    (!matches!(model.layers.last(), Some(Layer::Replies(_)))).then(|| Mark::new("reply-only"))
}

fn questions(model: &Model) -> Reason {
    picking(model).or_else(|| {
        let Some(Layer::Replies(picker)) = model.layers.last() else { return None };
        picker.replies.tree.is_none().then(|| Mark::new("reply-no-questions"))
    })
}

fn forward(model: &Model) -> Reason {
    allowed(model, "forward").or_else(|| {
        let queue = model.house.queues.get(&model.current.as_ref()?.served.queue);
        let none = queue.is_none_or(|queue| queue.departments.is_empty());
        none.then(|| Mark::new("followup-none-configured"))
    })
}

fn like_share(model: &Model) -> Reason {
    // One of the two is enough; the other is refused where it is chosen.
    allowed(model, "like").and_then(|_| allowed(model, "share"))
}

fn hide(model: &Model) -> Reason {
    allowed(model, "restrict")
}
