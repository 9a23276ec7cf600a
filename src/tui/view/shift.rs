//! The screen that opens the day, and the question whether to take over from another desk.

use super::foot;
use super::ink::Ink;
use crate::text::{scrub, wrap};
use crate::tui::keymap::Context;
use crate::tui::model::Model;
use crate::tui::theme::Role;

/// Draws the shift screen.
pub fn draw(model: &Model, ink: &mut Ink<'_>) {
    let say = model.speaker();
    let end = ink.area().width - 1;
    ink.put(1, 0, "moddesk", Role::Client);
    if model.settings.demo {
        ink.put_right(end, 0, &say.text("head-demo"), Role::Warning);
    }
    ink.rule(0, 1, end + 1, &say.text("shift-title"));
    let name = scrub::log(&model.settings.moderator);
    ink.put(2, 3, &say.with("shift-hello", &[("name", name.into())]), Role::Text);
    let mut lines: Vec<(String, Role)> = Vec::new();
    match &model.line.down {
        _ if model.signed_in => {}
        None => lines.push((say.text("shift-signing-in"), Role::Dim)),
        Some((down, since)) => {
            let (id, why) = down.said();
            lines.push((say.with("line-down", &[("time", say.clock(*since).into())]), Role::Warning));
            lines.push((say.with(id, &[("why", scrub::log(why).into())]), Role::Warning));
            lines.push((say.text("shift-offline"), Role::Text));
            if model.line.unsent > 0 {
                lines.push((say.with("shift-offline-kept", &[("n", model.line.unsent.into())]), Role::Text));
            }
        }
    }
    if let Some(ends) = model.shift.ends_at {
        lines.push((say.with("shift-ends", &[("time", say.clock(ends).into())]), Role::Text));
    }
    if model.signed_in {
        lines.push((say.with("head-waiting", &[("n", model.waiting.into())]), Role::Text));
    }
    lines.extend(model.settings.notes.iter().map(|note| (scrub::log(note), Role::Warning)));
    if let Some(why) = model.settings.rules.weakened_because.as_deref().or(model.shift.weakened_because.as_deref()) {
        lines.push((say.with("head-weakened", &[("why", scrub::log(why).into())]), Role::Warning));
    }
    if let Some(recovered) = &model.recovered {
        lines.push((say.mark(recovered), Role::Text));
    }
    let notices = model.messages.waiting().filter(|notice| !model.confirmed.contains(&notice.id)).count();
    if notices > 0 {
        lines.push((say.with("message-notices-wait", &[("n", notices.into())]), Role::Warning));
    }
    let unseen = model.messages.unseen();
    if unseen > 0 {
        let key = model.keys.key_of(Context::Shift, "item.messages").unwrap_or_default().to_owned();
        lines.push((say.with("head-messages", &[("key", key.into()), ("n", unseen.into())]), Role::Text));
    }
    lines.push((String::new(), Role::Text));
    let mut clients: Vec<_> = model.house.clients.values().collect();
    clients.sort_by(|a, b| a.name.cmp(&b.name));
    for client in clients {
        let version = model.house.policies_of(&client.name).version.clone();
        let title = model.house.client_title(&client.name).to_owned();
        let text = say.with("shift-charter", &[("client", title.into()), ("version", version.into())]);
        lines.push((text, Role::Text));
    }
    lines.push((String::new(), Role::Text));
    if !model.signed_in && model.line.down.is_some() {
        // Who left a note is not known yet.
    } else if model.shift.handover.is_empty() {
        lines.push((say.text("shift-no-handover"), Role::Dim));
    } else {
        lines.push((say.text("shift-handover"), Role::Title));
    }
    for note in &model.shift.handover {
        let (who, when) = (scrub::log(&note.by), say.moment(note.at));
        for (at, text) in note.text.lines().enumerate() {
            let text = scrub::log(text);
            let line = if at == 0 {
                say.with(
                    "shift-handover-one",
                    &[("who", who.clone().into()), ("when", when.clone().into()), ("text", text.into())],
                )
            } else {
                format!("  {text}")
            };
            lines.push((line, Role::Text));
        }
    }
    let last = ink.area().height - 4;
    let mut y = 5;
    for (text, role) in lines {
        for part in wrap::wrap(&text, usize::from(end.saturating_sub(3)).max(2)) {
            if y < last {
                ink.put(2, y, &text[part.shown], role);
                y += 1;
            }
        }
    }
    if model.signed_in || model.line.down.is_none() {
        ink.put(2, last, &say.text("shift-start"), Role::Title);
    }
    foot::mark(model, last + 1, ink);
    foot::hints(model, last + 2, ink);
}

/// Draws the question.
pub fn take_over(model: &Model, desk: &str, ink: &mut Ink<'_>) {
    let say = model.speaker();
    let y = ink.area().height / 3;
    let text = say.with("desk-other-desk", &[("desk", scrub::log(desk).into())]);
    ink.middle(y, &text, Role::Warning);
    ink.middle(y + 2, &say.text("desk-other-desk-keys"), Role::Text);
    foot::mark(model, ink.area().height - 3, ink);
}
