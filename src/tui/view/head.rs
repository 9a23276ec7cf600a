//! The first row: client first, then the day.

use super::ink::Ink;
use crate::tui::keymap::Context;
use crate::tui::model::Model;
use crate::tui::theme::Role;

/// A round trip above this is called slow.
const SLOW_MS: u32 = 200;

/// Draws it.
pub fn draw(model: &Model, ink: &mut Ink<'_>) {
    let end = ink.area().width;
    let right = line_state(model, ink, end);
    let right = breaks(model, ink, right);
    let right = to_read(model, ink, right);
    let say = model.speaker();
    let Some(shown) = &model.current else {
        let name = if model.settings.demo { say.text("head-demo") } else { "moddesk".to_owned() };
        ink.put_within(1, 0, &name, Role::Client, right);
        return;
    };
    let client = model.house.client_title(&shown.served.client);
    let queue = model.house.queue_title(&shown.served.queue);
    let mut x = ink.put_within(1, 0, client, Role::Client, right);
    if shown.new_client {
        x = ink.put_within(x, 0, " ◆", Role::Warning, right);
    }
    x = ink.put_within(x, 0, " › ", Role::Dim, right);
    x = ink.put_within(x, 0, queue, Role::Text, right);
    if !shown.policies.version.is_empty() {
        let version = say.with("head-charter", &[("version", shown.policies.version.as_str().into())]);
        ink.put_within(x + 3, 0, &version, Role::Dim, right);
    }
}

fn line_state(model: &Model, ink: &mut Ink<'_>, end: u16) -> u16 {
    let say = model.speaker();
    let line = &model.line;
    let (mut text, role) = match (&line.down, line.round_trip) {
        (Some((_, since)), _) => (say.with("line-down", &[("time", say.clock(*since).into())]), Role::Warning),
        (None, Some(ms)) if ms > SLOW_MS => (say.with("line-slow", &[("ms", ms.into())]), Role::Warning),
        (None, Some(_)) => (say.text("line-connected"), Role::Good),
        (None, None) => (say.text("line-local"), Role::Good),
    };
    if line.unsent > 0 && line.down.is_some() {
        text.push_str(", ");
        text.push_str(&say.with("line-unsent", &[("n", line.unsent.into())]));
    }
    ink.put_right(end - 1, 0, &text, role).saturating_sub(2)
}

/// Answers, questions and what came back, in a quiet place; nothing where there is nothing new.
fn to_read(model: &Model, ink: &mut Ink<'_>, end: u16) -> u16 {
    let n = model.messages.unseen();
    if n == 0 {
        return end;
    }
    let key = model.keys.key_of(Context::Desk, "item.messages").unwrap_or_default().to_owned();
    let text = model.speaker().with("head-messages", &[("key", key.into()), ("n", n.into())]);
    ink.put_right(end, 0, &text, Role::Title).saturating_sub(2)
}

fn breaks(model: &Model, ink: &mut Ink<'_>, end: u16) -> u16 {
    let say = model.speaker();
    let overtime = model.shift.ends_at.filter(|ends| *ends <= model.at.wall);
    if let Some(ends) = overtime {
        let text = say.with("head-overtime", &[("time", say.clock(ends).into())]);
        return ink.put_right(end, 0, &text, Role::Warning).saturating_sub(2);
    }
    let next = model.care.next_break(&model.at).or(model.shift.next_break_at).filter(|at| *at > model.at.wall);
    let Some(next) = next else { return end };
    let text = say.with("head-break-about", &[("time", say.clock(next).into())]);
    ink.put_right(end, 0, &text, Role::Dim).saturating_sub(2)
}
