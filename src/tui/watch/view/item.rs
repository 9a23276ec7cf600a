//! An item that was opened: where it stands, what it says, what was decided, what happened.

use crate::desk::messages::Letter;
use crate::text::{scrub, wrap};
use crate::tui::keymap::Context;
use crate::tui::theme::Role;
use crate::tui::view::ink::Ink;
use crate::tui::watch::model::{Model, Opened};
use crate::wellbeing::Severity;
use ratatui::layout::Rect;

/// How many rows the open item has.
pub fn rows(model: &Model) -> usize {
    let columns = usize::from(model.size.0.saturating_sub(4)).max(2);
    model.opened.as_ref().map_or(0, |opened| lines(model, opened, columns).len())
}

/// Draws it.
pub fn draw(model: &Model, opened: &Opened, area: Rect, ink: &mut Ink<'_>) {
    ink.rule(area.x, area.y, area.right(), &scrub::log(&opened.kept.item.id));
    let columns = usize::from(area.width.saturating_sub(4)).max(2);
    scrolled(&lines(model, opened, columns), opened.scroll, area, ink);
}

/// Draws the rows that fit under a rule, and which these are.
pub fn scrolled(lines: &[(String, Role)], scroll: usize, area: Rect, ink: &mut Ink<'_>) {
    let room = usize::from(area.height.saturating_sub(1));
    let first = scroll.min(lines.len().saturating_sub(1));
    for (at, (text, role)) in lines.iter().skip(first).take(room).enumerate() {
        ink.put_within(area.x + 2, area.y + 1 + at as u16, text, *role, area.right());
    }
    if lines.len() > room {
        let to = (first + room).min(lines.len());
        ink.put_right(area.right() - 1, area.y, &format!(" {}–{to} / {} ", first + 1, lines.len()), Role::Dim);
    }
}

fn lines(model: &Model, opened: &Opened, columns: usize) -> Vec<(String, Role)> {
    let say = model.speaker();
    let (kept, item) = (&opened.kept, &opened.kept.item);
    let mut lines: Vec<(String, Role)> = Vec::new();
    let mut put = |text: &str, role: Role| {
        for part in wrap::wrap(text, columns) {
            lines.push((text[part.shown].to_owned(), role));
        }
    };
    let queue = format!("{} › {}", model.house.client_title(&kept.client), model.house.queue_title(&kept.queue));
    let state = model.teller().stands(&kept.state, model.messages.parked(&item.id, model.at.wall));
    let stands =
        say.with("watch-item-state", &[("state", state.into()), ("queue", queue.into()), ("round", kept.round.into())]);
    put(&stands, Role::Text);
    let mut about = vec![say.kind(item.kind), say.severity(item.severity)];
    about.extend(item.received_at.map(|at| say.moment(at)));
    about.extend(kept.due_at.map(|at| format!("{} {}", say.text("desk-detail-due"), say.moment(at))));
    let author = item.author.as_ref();
    about.extend(author.and_then(|author| author.name.as_ref()).map(|name| scrub::line(name).as_str().to_owned()));
    put(&about.join(" · "), Role::Dim);
    if let Some(url) = &item.url {
        put(scrub::line(url).as_str(), Role::Link);
    }
    for doubt in model.asked_here() {
        put("", Role::Text);
        put(&say.text("watch-item-question"), Role::Title);
        // What it is about stands above.
        for (label, text) in Letter::Doubt(doubt).lines(model.reader()).into_iter().skip(1) {
            if label.is_empty() {
                put(&text, Role::Text);
            } else {
                put(&format!("{label} · {text}"), Role::Dim);
            }
        }
    }
    put("", Role::Text);
    put(&say.text("watch-item-words"), Role::Title);
    if item.severity >= Severity::DISTURBING && !opened.shown {
        let key = model.keys.key_of(Context::Watch, "watch.reveal").unwrap_or_default().to_owned();
        put(
            &say.with("watch-covered", &[("level", say.severity(item.severity).into()), ("key", key.into())]),
            Role::Masked,
        );
    } else {
        for said in &item.context {
            let parts = [&said.author, &said.text].into_iter().flatten();
            let parts: Vec<String> = parts.map(|part| scrub::line(part).as_str().to_owned()).collect();
            put(&format!("│ {}", parts.join(" · ")), Role::Dim);
        }
        for said in [&item.title, &item.text].into_iter().flatten() {
            put(scrub::block(said).as_str(), Role::Text);
        }
        for (name, value) in &item.attributes {
            let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            put(&format!("{}: {}", scrub::log(name), scrub::log(&value)), Role::Text);
        }
    }
    if !kept.decisions.is_empty() {
        put("", Role::Text);
        put(&say.text("watch-item-decisions"), Role::Title);
    }
    for past in &kept.decisions {
        let id = format!("verdict-{}.done", past.verdict.code());
        let mut text = format!("{} · {}", say.moment(past.at), say.text(&id));
        for part in [past.policy.clone(), Some(past.by.clone()), past.reversed.then(|| say.text("history-reversed"))]
            .into_iter()
            .flatten()
        {
            text.push_str(" · ");
            text.push_str(&scrub::log(&part));
        }
        put(&text, Role::Text);
        if let Some(note) = &past.note {
            put(&format!("  {}", scrub::line(note).as_str()), Role::Dim);
        }
    }
    put("", Role::Text);
    put(&say.text("watch-item-history"), Role::Title);
    for entry in &opened.history {
        let what = model.teller().happened(entry);
        let who = entry.by.as_deref().map(scrub::log).unwrap_or_default();
        let args = [("when", say.moment(entry.at).into()), ("what", what.into()), ("who", who.into())];
        put(&say.with("history-entry", &args), Role::Text);
    }
    lines
}
