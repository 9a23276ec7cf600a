//! Everything but the queues: a line a row.

use super::queues;
use crate::moderation::floor::{Found, LeaseNow, PersonNow};
use crate::text::scrub;
use crate::tui::theme::Role;
use crate::tui::view::ink::Ink;
use crate::tui::watch::model::{Model, Pane, Row};
use crate::wellbeing::Severity;
use ratatui::layout::Rect;

/// Draws a pane.
pub fn draw(model: &Model, pane: Pane, area: Rect, focus: bool, ink: &mut Ink<'_>) {
    if pane == Pane::Queues {
        return queues::draw(model, area, focus, ink);
    }
    let say = model.speaker();
    let mut area = area;
    if pane == Pane::Found {
        let args = [("what", scrub::log(&model.search.typed).into()), ("n", model.search.found.len().into())];
        let id = if model.search.running { "watch-searching" } else { "watch-searched" };
        ink.put_within(area.x + 1, area.y, &say.with(id, &args), Role::Dim, area.right());
        area = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    }
    let rows = model.rows(pane);
    if rows.is_empty() {
        let text = match pane {
            Pane::Found if model.search.typed.is_empty() => {
                let key = model.keys.key_of(crate::tui::keymap::Context::Watch, "watch.find").unwrap_or_default();
                say.with("watch-none-found", &[("key", key.to_owned().into())])
            }
            Pane::Found => return,
            Pane::People => say.text("watch-none-people"),
            Pane::Hands => say.text("watch-none-hands"),
            Pane::Threads => say.text("watch-none-threads"),
            Pane::Questions => say.text("watch-none-questions"),
            Pane::Notices => {
                let key = model.keys.key_of(crate::tui::keymap::Context::Watch, "watch.notice").unwrap_or_default();
                say.with("watch-none-notices", &[("key", key.to_owned().into())])
            }
            Pane::Queues | Pane::Alerts => say.text("watch-none-alerts"),
        };
        ink.put_within(area.x + 2, area.y, &text, Role::Dim, area.right());
        return;
    }
    let place = model.place(pane);
    let room = usize::from(area.height).max(1);
    let first = (place + 1).saturating_sub(room);
    for (at, row) in rows.iter().enumerate().skip(first).take(room) {
        let y = area.y + (at - first) as u16;
        let cursor = focus && at == place;
        ink.put(area.x, y, if cursor { "▶" } else { " " }, Role::Key);
        let area = Rect { x: area.x + 2, y, width: area.width - 2, height: 1 };
        one(model, row, if cursor { Role::Selected } else { Role::Text }, area, ink);
    }
}

fn one(model: &Model, row: &Row, role: Role, area: Rect, ink: &mut Ink<'_>) {
    let (now, tell) = (&model.now, model.teller());
    match row {
        Row::Person(name) => {
            if let Some(found) = now.people.iter().find(|person| person.name == *name) {
                person(model, found, role, area, ink);
            }
        }
        Row::Lease(item) => {
            if let Some(found) = now.leases.iter().find(|lease| lease.item == *item) {
                lease(model, found, role, area, ink);
            }
        }
        Row::Stuck(item) => {
            let Some(found) = now.stuck.iter().find(|stuck| stuck.item == *item) else { return };
            let id = if found.passed { "watch-stuck-passed" } else { "watch-stuck-nobody" };
            let time = model.speaker().moment(found.received_at);
            let text = model.speaker().with(id, &[("time", time.into())]);
            two(ink, area, (&scrub::log(item), role), (&found.queue, Role::Dim), (&text, Role::Warning));
        }
        Row::Thread(subject) => {
            let Some(found) = now.threads.iter().find(|thread| thread.subject == *subject) else { return };
            let title = found.title.as_ref().map(|title| scrub::line(title).as_str().to_owned());
            let title = title.unwrap_or_else(|| scrub::log(subject));
            let args = [("came", found.came.into()), ("waiting", found.waiting.into())];
            let text = model.speaker().with("watch-thread", &args);
            let end = ink.put_right(area.right() - 1, area.y, &text, Role::Dim);
            ink.put_within(area.x, area.y, &format!("{title} · {}", found.queue), role, end.saturating_sub(1));
        }
        Row::Alert(id) => {
            let Some(found) = model.alerts.iter().find(|alert| alert.alert.id == *id) else { return };
            let settled = found.taken.is_some();
            let role = match role {
                Role::Selected => role,
                _ if settled => Role::Good,
                _ => Role::Alert,
            };
            ink.put_within(area.x, area.y, &tell.alert(found), role, area.right());
        }
        Row::Trouble(kind, queue) => {
            let Some(found) = model.troubles.iter().find(|one| one.kind == *kind && one.queue == *queue) else {
                return;
            };
            let quiet = model.quiet.contains(&(*kind, queue.clone()));
            let role = match role {
                Role::Selected => role,
                _ if quiet => Role::Dim,
                _ => Role::Warning,
            };
            ink.put_within(area.x, area.y, &format!("⚠ {}", tell.trouble(found, now)), role, area.right());
        }
        Row::Doubt(id) => {
            if let Some(doubt) = model.doubt(*id) {
                let late = doubt.due_at.is_some_and(|due| due < model.at.wall);
                let how = if late { Role::Warning } else { Role::Text };
                let queue = model.house.queue_title(&doubt.queue).to_owned();
                let text = model.reader().question(doubt);
                few(ink, area, (&scrub::log(&doubt.item), role), (&queue, Role::Dim), (&text, how));
            }
        }
        Row::Notice(id) => {
            if let Some(notice) = model.notice(*id) {
                let reader = model.reader();
                let how = if notice.unread.is_empty() { Role::Dim } else { Role::Text };
                let end = ink.put_right(area.right() - 1, area.y, &reader.read_count(notice), how);
                ink.put_within(area.x, area.y, &reader.sent(notice), role, end.saturating_sub(1));
            }
        }
        Row::Found(item) => {
            if let Some(found) = model.search.found.iter().find(|found| found.item == *item) {
                one_found(model, found, role, area, ink);
            }
        }
        Row::Queue(_) => {}
    }
}

fn person(model: &Model, person: &PersonNow, role: Role, area: Rect, ink: &mut Ink<'_>) {
    let say = model.speaker();
    let or_all = |list: &[String], id: &str| if list.is_empty() { say.text(id) } else { list.join(", ") };
    let works = [
        ("queues", or_all(&person.queues, "watch-all-queues").into()),
        ("languages", or_all(&person.languages, "watch-all-languages").into()),
    ];
    let works = say.with("watch-works", &works);
    let takes = model.teller().takes(person);
    let how = if person.takes == crate::moderation::floor::Takes::Offline { Role::Dim } else { Role::Text };
    two(ink, area, (&scrub::log(&person.name), role), (&takes, how), (&works, Role::Dim));
}

fn lease(model: &Model, lease: &LeaseNow, role: Role, area: Rect, ink: &mut Ink<'_>) {
    let text = model.teller().holds(lease, model.messages.parked(&lease.item, model.at.wall));
    let late = lease.due_at.is_some_and(|due| due < model.at.wall);
    let how = if late { Role::Warning } else { Role::Text };
    two(ink, area, (&scrub::log(&lease.item), role), (&lease.queue, Role::Dim), (&text, how));
}

fn one_found(model: &Model, found: &Found, role: Role, area: Rect, ink: &mut Ink<'_>) {
    let say = model.speaker();
    let state = model.teller().stands(&found.state, model.messages.parked(&found.item, model.at.wall));
    let where_ = format!("{} · {state}", found.queue);
    // Harder words stay covered in a list that nobody asked to be hard.
    let words = match found.severity {
        level if level >= Severity::DISTURBING => say.severity(level),
        _ => scrub::line(&found.words).as_str().to_owned(),
    };
    two(ink, area, (&scrub::log(&found.item), role), (&where_, Role::Dim), (&words, Role::Text));
}

/// The same with little room for the first two: the rest is what is read.
fn few(ink: &mut Ink<'_>, area: Rect, name: (&str, Role), about: (&str, Role), rest: (&str, Role)) {
    let (first, second) = ((area.width / 6).clamp(12, 20), (area.width / 8).clamp(8, 16));
    ink.put_within(area.x, area.y, name.0, name.1, area.x + first - 1);
    ink.put_within(area.x + first, area.y, about.0, about.1, area.x + first + second - 1);
    ink.put_within(area.x + first + second, area.y, rest.0, rest.1, area.right());
}

/// A name, what belongs to it, and the rest.
fn two(ink: &mut Ink<'_>, area: Rect, name: (&str, Role), about: (&str, Role), rest: (&str, Role)) {
    let first = (area.width / 4).clamp(12, 26);
    let second = (area.width / 4).clamp(12, 30);
    ink.put_within(area.x, area.y, name.0, name.1, area.x + first - 1);
    ink.put_within(area.x + first, area.y, about.0, about.1, area.x + first + second - 1);
    ink.put_within(area.x + first + second, area.y, rest.0, rest.1, area.right());
}
