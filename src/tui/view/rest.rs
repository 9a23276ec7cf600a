//! The break screen: the time left in minutes, a plain sentence on why, quiet offers. No queue, no deadline, no
//! figures.

use super::foot;
use super::ink::Ink;
use crate::text::width;
use crate::tui::keymap::Context;
use crate::tui::model::{Breath, Model, Rest};
use crate::tui::say::Say;
use crate::tui::theme::Role;

/// Draws it.
pub fn draw(model: &Model, rest: &Rest, ink: &mut Ink<'_>) {
    let say = model.speaker();
    let mut y = model.size.1 / 4;
    ink.middle(y, &say.text("break-title"), Role::Title);
    y += 2;
    let why = match rest.due.rule.as_str() {
        "run" | "acute" | "hourly" | "voluntary" => say.text(&format!("break-{}", rest.due.rule)),
        _ => say.text("break-other"),
    };
    y = ink.paragraph(y, &why, Role::Break) + 1;
    if rest.voluntary() {
        y = ink.paragraph(y, &say.text("break-any-key"), Role::Text);
        let keys = ["break.say_lunch", "break.say_meeting", "break.say_technical"].map(|name| {
            let key = model.keys.key_of(Context::Break, name).unwrap_or_default().to_owned();
            format!("{key} {}", model.words.hint(name))
        });
        y = ink.paragraph(y, &say.with("break-say", &[("keys", keys.join(", ").into())]), Role::Dim);
        if let Some(said) = rest.said {
            ink.middle(y + 1, &say.text(&format!("break-{said}")), Role::Text);
        }
        quietly(model, rest, y + 3, ink);
        return alerts(model, ink);
    }
    let left = rest.due.until.duration_since(model.at.wall).as_secs_f64();
    if left <= 0.0 {
        ink.paragraph(y, &say.text(if rest.leaving { "why-fetching" } else { "break-over" }), Role::Text);
        return alerts(model, ink);
    }
    let text = if left <= 60.0 {
        say.with("break-last-minute", &[("n", (left.ceil() as i64).into())])
    } else {
        say.with("break-minutes-left", &[("n", ((left / 60.0).ceil() as i64).into())])
    };
    let until = say.with("break-until", &[("time", say.clock(rest.due.until).into())]);
    y = ink.paragraph(y, &format!("{text}, {until}"), Role::Text) + 1;
    if rest.due.rule == "run" {
        y = ink.paragraph(y, &say.text("break-pause"), Role::Dim);
    }
    for id in ["break-offer-look", "break-offer-stand", "break-offer-drink", "break-offer-talk"] {
        ink.middle(y, &say.text(id), Role::Dim);
        y += 1;
    }
    if model.settings.demo || model.care.rules().demo {
        y += 1;
        y = ink.paragraph(y, &say.text("break-demo"), Role::Dim);
    }
    quietly(model, rest, y + 1, ink);
    alerts(model, ink);
}

/// A line to breathe by, and somebody to talk to.
fn quietly(model: &Model, rest: &Rest, mut y: u16, ink: &mut Ink<'_>) {
    let say = model.speaker();
    let last = model.size.1.saturating_sub(if model.alerts.is_empty() { 5 } else { 7 });
    if y <= last && !rest.over {
        let text = match rest.breath(model.now()).filter(|_| model.settings.breathing) {
            Some(breath) => breathing(breath, say),
            None => say.text("break-breathe"),
        };
        ink.middle(y, &text, Role::Break);
        y += 1;
    }
    if !model.settings.help.is_empty() && y <= last {
        let help = model.settings.help.iter().map(|one| crate::text::scrub::log(one)).collect::<Vec<_>>().join(", ");
        ink.paragraph(y, &say.with("break-help", &[("contacts", help.into())]), Role::Dim);
    }
}

fn alerts(model: &Model, ink: &mut Ink<'_>) {
    let rows = model.size.1;
    foot::alerts(model, ink, rows - 6);
    foot::mark(model, rows - 3, ink);
    foot::hints(model, rows - 2, ink);
}

/// A breath at this second, as wide as at every other.
fn breathing(breath: Breath, say: Say<'_>) -> String {
    let words = [say.text("break-breathe-out"), say.text("break-breathe-in")];
    let width = words.iter().map(|word| width::of(word)).max().unwrap_or(0);
    let word = &words[usize::from(breath.inward)];
    let pad = " ".repeat(width - width::of(word));
    let (full, rest) = (usize::from(breath.full), usize::from(Breath::WHOLE - breath.full));
    format!("{pad}{word}  {}{}", "•".repeat(full), "·".repeat(rest))
}
