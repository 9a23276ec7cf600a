//! Below the item: alerts, the draft, what is held, the mark, the keys.

use super::geometry::Parts;
use super::ink::Ink;
use super::words;
use crate::moderation::template::Filled;
use crate::tui::command;
use crate::tui::keymap::Context;
use crate::tui::model::{AlertLine, AlertWay, Model, Sent};
use crate::tui::say::Say;
use crate::tui::theme::Role;
use crate::tui::update::key::place;

/// Draws it.
pub fn draw(model: &Model, parts: &Parts, ink: &mut Ink<'_>) {
    alerts(model, ink, parts.alerts);
    if let Some(y) = parts.composed {
        composed(model, y, ink);
    }
    held(model, parts.held, ink);
    mark(model, parts.mark, ink);
    hints(model, parts.hints, ink);
}

/// Alerts stay, in words, until somebody has taken them.
pub fn alerts(model: &Model, ink: &mut Ink<'_>, y: u16) {
    let say = model.speaker();
    for (row, line) in model.alerts.iter().rev().take(2).enumerate() {
        let role = if line.settled() { Role::Good } else { Role::Alert };
        ink.put(1, y + row as u16, &alert(line, say), role);
    }
}

/// An alert in words.
pub fn alert(line: &AlertLine, say: Say<'_>) -> String {
    let kind = say.words.coded("alert", line.alert.kind.code()).into_owned();
    let item = line.alert.item.as_str();
    let mut args = vec![("kind", kind.into()), ("item", item.into())];
    match &line.way {
        _ if line.alert.withdrawn => say.with("alert-withdrawn", &args),
        AlertWay::Sending => say.with("alert-sending", &args),
        AlertWay::Sent => {
            args.push(("time", say.clock(line.alert.raised_at).into()));
            say.with("alert-sent", &args)
        }
        AlertWay::NotSent if line.call.is_empty() => say.with("alert-not-sent-nobody", &args),
        AlertWay::NotSent => {
            let call = line.call.iter().map(|number| crate::text::scrub::log(number)).collect::<Vec<_>>().join(", ");
            args.push(("call", call.into()));
            say.with("alert-not-sent", &args)
        }
        AlertWay::Taken(who, at) => {
            args.push(("who", who.as_str().into()));
            args.push(("time", say.clock(*at).into()));
            say.with("alert-taken", &args)
        }
    }
}

fn composed(model: &Model, y: u16, ink: &mut Ink<'_>) {
    let say = model.speaker();
    let Some(shown) = &model.current else { return };
    let draft = &shown.draft;
    let mut what: Vec<String> = draft.alert_in(say.words).into_iter().collect();
    what.extend(draft.follow_ups.iter().map(|follow_up| words::follow_up(follow_up, say)));
    if !draft.note.is_empty() {
        what.push(say.text("alert-note"));
    }
    if let Some(grade) = draft.grade {
        let name = say.words.coded("severity", &grade.level().to_string()).into_owned();
        what.push(say.with("severity-graded", &[("level", grade.level().into()), ("name", name.into())]));
    }
    what.extend(draft.unfinished.iter().map(|(name, text)| {
        let blanks = if name == "reply" { Filled::blanks_of(text).len() } else { 0 };
        let name = say.words.coded("followup", name).into_owned();
        let unfinished = say.with("desk-unfinished", &[("what", name.into())]);
        match blanks {
            0 => unfinished,
            n => format!("{unfinished} ({})", say.with("reply-blanks", &[("n", n.into())])),
        }
    }));
    let keys: Vec<&str> = ["item.approve", "item.delete", "item.measure", "item.escalate"]
        .into_iter()
        .filter_map(|name| model.keys.key_of(Context::Desk, name))
        .collect();
    let text =
        say.with("followup-composed-line", &[("what", what.join(" + ").into()), ("keys", keys.join(", ").into())]);
    let x = ink.put(1, y, &say.text("followup-composed"), Role::Dim);
    ink.put(x + 1, y, &text, Role::Held);
}

/// What `u` would take back: a held decision with the time it leaves, else the last one that left.
fn held(model: &Model, y: u16, ink: &mut Ink<'_>) {
    let say = model.speaker();
    let key = model.keys.key_of(Context::Desk, "item.undo").unwrap_or_default().to_owned();
    let Some(last) = model.held.last().filter(|last| last.waits()) else {
        let left = model.held.last().map(Sent::of);
        let Some(sent) = left.as_ref().or(model.sent.last()) else { return };
        let what = words::decided(
            sent.verdict,
            sent.measure,
            words::policy_short(model, &sent.client, sent.policy.as_deref()).as_deref(),
            say,
        );
        let item = match sent.batch.len() {
            0 | 1 => sent.item.clone(),
            n => say.with("batch-items", &[("n", n.into())]),
        };
        let args = [("what", what.into()), ("item", item.into()), ("key", key.into())];
        let x = ink.put(1, y, &say.text("held-sent-label"), Role::Dim);
        ink.put(x + 1, y, &say.with("held-sent-line", &args), Role::Dim);
        return;
    };
    let item = match last.count() {
        0 | 1 => last.decision.item.clone(),
        n => say.with("batch-items", &[("n", n.into())]),
    };
    let text = say.with(
        match model.line.down {
            Some(_) if last.leaves_at <= model.at.wall => "held-for-line",
            _ if last.count() > 1 => "held-batch",
            _ => "held-line",
        },
        &[
            ("n", last.count().into()),
            ("what", words::decision(model, &last.shown.served.client, &last.decision).into()),
            ("item", item.into()),
            ("time", say.clock_exact(last.leaves_at).into()),
            ("key", key.into()),
        ],
    );
    let x = ink.put(1, y, &say.text("held-label"), Role::Dim);
    let x = ink.put(x + 1, y, &text, Role::Held);
    let more = model.held.iter().map(|held| held.count()).sum::<usize>() - last.count();
    if more > 0 {
        ink.put(x + 1, y, &say.with("held-more", &[("n", more.into())]), Role::Dim);
    }
}

/// The mark; where there is none, what waits to be read.
pub fn mark(model: &Model, y: u16, ink: &mut Ink<'_>) {
    let say = model.speaker();
    let end = ink.area().width - 1;
    let unread = model.unsettled.len();
    if let Some(mark) = &model.mark {
        let left = if unread > 0 { ink.put_right(end, y, &format!("✗ {unread}"), Role::Warning) } else { end };
        ink.put_within(1, y, &say.mark(mark), Role::Warning, left);
    } else if unread > 0 {
        let key = model.keys.key_of(Context::Desk, "item.unsettled").unwrap_or_default().to_owned();
        let text = say.with("outcome-listed", &[("n", unread.into()), ("key", key.into())]);
        ink.put(1, y, &text, Role::Warning);
    } else if let Some((down, _)) = &model.line.down {
        let (id, why) = down.said();
        let text = say.with(id, &[("why", crate::text::scrub::log(why).into())]);
        ink.put_within(1, y, &text, Role::Warning, end);
    } else if let Some(why) =
        model.settings.rules.weakened_because.as_deref().or(model.shift.weakened_because.as_deref())
    {
        let text = say.with("head-weakened", &[("why", crate::text::scrub::log(why).into())]);
        ink.put(1, y, &text, Role::Dim);
    }
}

/// What the hint bar names, the most wanted first; approve and delete whenever they can be pressed.
const HINTS: &[&str] = &[
    "item.approve",
    "item.delete",
    "item.open",
    "item.undo",
    "item.measure",
    "item.escalate",
    "item.reply",
    "item.pass",
    "item.doubt",
    "alert.raise",
    "break.take",
    "help.open",
    "item.charter",
    "item.history",
    "item.thread",
    "batch.open",
    "item.thread_take",
    "item.insight",
    "item.messages",
    "curtain.drop",
    "item.note",
    "item.grade",
    "palette.open",
    "shift.end",
    "item.forward",
    "item.sanction",
    "item.details",
];

const SHIFT_HINTS: &[&str] = &[
    "shift.start",
    "shift.earlier",
    "item.charter",
    "item.messages",
    "item.unsettled",
    "item.undo",
    "break.take",
    "palette.open",
    "help.open",
    "shift.end",
];
const SUMMARY_HINTS: &[&str] =
    &["summary.leave", "screen.leave", "summary.notes", "item.undo", "item.unsettled", "help.open"];
const BREAK_HINTS: &[&str] = &["break.end", "alert.answer", "help.open", "shift.end"];

/// Two rows of keys for this screen.
pub fn hints(model: &Model, y: u16, ink: &mut Ink<'_>) {
    let context = match place(model) {
        Context::Chooser | Context::Text | Context::Palette | Context::Page | Context::Alert => return,
        context => context,
    };
    let all: Vec<&'static str>;
    let names: &[&'static str] = match context {
        Context::Desk => HINTS,
        Context::Shift => SHIFT_HINTS,
        Context::Summary => SUMMARY_HINTS,
        Context::Break => BREAK_HINTS,
        context => {
            all = command::all().filter(|c| c.contexts.contains(&context)).map(|command| command.name).collect();
            &all
        }
    };
    let end = ink.area().width - 1;
    let (mut x, mut y, last) = (1, y, y + 1);
    let hints = model.keys.hints(context, names, &model.words);
    // However narrow the screen, the key that names all the others has its place.
    let mut help = hints.iter().find(|hint| hint.command.name == "help.open");
    for hint in hints.iter().filter(|hint| (hint.command.unavailable)(model).is_none()) {
        let is_help = help.is_some_and(|help| help.command.name == hint.command.name);
        let kept = |y| help.filter(|_| y == last && !is_help).map_or(0, |help| help.columns + 2);
        if usize::from(end.saturating_sub(x)) < hint.columns + kept(y) {
            if y == last {
                break;
            }
            (x, y) = (1, y + 1);
        }
        x = ink.put_within(x, y, &hint.key, Role::Key, end);
        x = ink.put_within(x + 1, y, &hint.word, Role::Dim, end) + 2;
        help = help.filter(|_| !is_help);
    }
    if let Some(help) = help {
        x = ink.put_within(x, y, &help.key, Role::Key, end);
        ink.put_within(x + 1, y, &help.word, Role::Dim, end);
    }
}
