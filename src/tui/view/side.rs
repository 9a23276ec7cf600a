//! Who wrote it, why it is here, what was decided before: in two rows, or in panes at the side.

use super::ink::Ink;
use super::words;
use crate::desk::known;
use crate::text::{scrub, wrap};
use crate::tui::model::{Model, Shown};
use crate::tui::say::Say;
use crate::tui::theme::Role;
use ratatui::layout::Rect;

/// Two rows: the author; why here, alike, due.
pub fn about(model: &Model, shown: &Shown, y: u16, ink: &mut Ink<'_>) {
    let say = model.speaker();
    let end = ink.area().width - 1;
    let due = due(shown, say);
    let left = ink.put_right(end, y, &due.0, due.1);
    ink.put_within(1, y, &author(model, shown, say).join(" · "), Role::Text, left.saturating_sub(1));
    let alike = alike(model, shown, say);
    let left = ink.put_right(end, y + 1, &alike.join(" · "), Role::Text);
    let x = ink.put_within(1, y + 1, &say.text("rule-why-here"), Role::Dim, left);
    ink.put_within(x + 1, y + 1, &why(model, shown, say).join(" · "), Role::Text, left.saturating_sub(1));
}

/// The panes at the side.
pub fn panes(model: &Model, shown: &Shown, area: Rect, ink: &mut Ink<'_>) {
    let say = model.speaker();
    ink.down(area.x, area.y, area.height);
    let area = Rect::new(area.x + 1, area.y, area.width - 1, area.height);
    let mut y = area.y;
    y = pane(ink, area, y, &say.text("item-author"), &author(model, shown, say));
    let mut here = why(model, shown, say);
    here.push(due(shown, say).0);
    y = pane(ink, area, y, &say.text("rule-why-here"), &here);
    let before = alike(model, shown, say);
    if !before.is_empty() {
        y = pane(ink, area, y, &say.text("item-decided-before"), &before);
    }
    let rounds: Vec<String> = shown.served.rounds.iter().rev().map(|past| past_round(past, say)).collect();
    if !rounds.is_empty() {
        y = pane(ink, area, y, &say.text("desk-rounds"), &rounds);
    }
    charter(model, shown, area, y, say, ink);
}

fn pane(ink: &mut Ink<'_>, area: Rect, y: u16, title: &str, lines: &[String]) -> u16 {
    if y + 1 >= area.bottom() {
        return y;
    }
    ink.rule(area.x, y, area.right(), title);
    let columns = usize::from(area.width.saturating_sub(2));
    let mut y = y + 1;
    for line in lines {
        // Never more columns than bytes: most lines need no wrapping.
        if line.len() <= columns && y < area.bottom() {
            ink.put_within(area.x + 1, y, line, Role::Text, area.right());
            y += 1;
            continue;
        }
        for part in wrap::wrap(line, columns).iter().take(3) {
            if y >= area.bottom() {
                return y;
            }
            ink.put_within(area.x + 1, y, &line[part.shown.clone()], Role::Text, area.right());
            y += 1;
        }
    }
    y
}

/// A line of a charter without the marks of its headings and of its emphasis.
fn read_aloud(line: &str) -> String {
    scrub::log(line.trim_start_matches('#').trim_start()).replace("**", "")
}

fn charter(model: &Model, shown: &Shown, area: Rect, y: u16, say: Say<'_>, ink: &mut Ink<'_>) {
    let client = model.house.clients.get(&shown.served.client);
    let text = client.and_then(|client| client.charter.as_deref()).unwrap_or_default();
    let mut lines: Vec<String> = text.lines().map(read_aloud).collect();
    if lines.is_empty() {
        let lang = say.lang();
        let policies = shown.policies.policies.iter();
        lines.extend(policies.map(|policy| format!("{}  {}", policy.letter, policy.title_in(lang))));
    }
    let key = model.keys.key_of(crate::tui::keymap::Context::Desk, "item.charter").unwrap_or_default().to_owned();
    let title = say.with("desk-charter-pane", &[("key", key.into())]);
    pane(ink, area, y, &title, &lines);
}

/// Who wrote it: by name, where that is empty by id.
pub fn name(author: &crate::moderation::Author, say: Say<'_>) -> String {
    let name = author.name.as_ref().map(|name| scrub::line(name).fit(28).into_owned());
    let names = [name, author.id.as_deref().map(scrub::log)];
    let name = names.into_iter().flatten().find(|name| !name.trim().is_empty());
    name.unwrap_or_else(|| say.text("desk-author-unknown"))
}

/// What is known of the author.
pub fn author(model: &Model, shown: &Shown, say: Say<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    let item = &shown.served.item;
    let Some(author) = &item.author else {
        return vec![say.text("desk-author-unknown")];
    };
    lines.push(name(author, say));
    if let Some(joined) = author.joined_at {
        lines.push(say.with("item-joined", &[("when", say.words.day(joined, say.now, say.zone).into())]));
    }
    if let Some(posts) = author.posts {
        lines.push(say.with("item-posts", &[("n", posts.into())]));
    }
    if let Some(removed) = author.removed {
        lines.push(say.with("item-removed", &[("n", removed.into())]));
    }
    if let Some(followers) = author.followers {
        lines.push(say.with("item-followers", &[("n", followers.into())]));
    }
    let figures = shown.served.author.as_ref();
    if let Some(figures) = figures.filter(|figures| figures.items > 0) {
        let counts = [("decided", figures.decided.into()), ("removed", figures.removed.into())];
        lines.push(say.with("history-figures", &counts));
        if let Some((policy, at)) = &figures.last_removed {
            let what = words::policy_title(model, &shown.served.client, policy);
            let ago = say.words.ago(*at, say.now).into_owned();
            lines.push(say.with("item-last-decision", &[("what", what.into()), ("ago", ago.into())]));
        }
    }
    if let Some(note) = &author.note {
        lines.push(scrub::line(note).as_str().to_owned());
    }
    lines
}

/// Why the item is here.
pub fn why(model: &Model, shown: &Shown, say: Say<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    let item = &shown.served.item;
    if let Some(past) = shown.served.rounds.last() {
        let by: crate::words::Value<'_> = past.by.as_str().into();
        lines.push(match (&past.note, past.reversed) {
            (_, true) => say.text("rule-reversed"),
            (Some(note), false) => {
                say.with("rule-escalated", &[("who", by), ("note", scrub::line(note).fit(60).into_owned().into())])
            }
            (None, false) => say.with("rule-escalated-plain", &[("who", by)]),
        });
    }
    if !item.reports.is_empty() {
        let mut text = say.with("rule-reported", &[("n", item.reports.len().into())]);
        if known::trusted(&shown.served) {
            text.push_str(" · ");
            text.push_str(&say.text("report-trusted_flagger"));
        }
        lines.push(text);
    }
    let mut scores: Vec<_> = item.scores.iter().filter_map(|(name, value)| Some((name, value.as_f64()?))).collect();
    scores.sort_by(|a, b| b.1.total_cmp(&a.1));
    for (name, score) in scores.into_iter().take(3) {
        let percent = say.words.percent(score);
        lines.push(say.with("rule-score", &[("name", scrub::log(name).into()), ("percent", percent.into())]));
    }
    if item.online == Some(false) {
        lines.push(say.text("rule-premoderated"));
    }
    if lines.is_empty() {
        let queue = model.house.queue_title(&shown.served.queue).to_owned();
        lines.push(say.with("rule-queue", &[("queue", queue.into())]));
    }
    lines
}

fn due(shown: &Shown, say: Say<'_>) -> (String, Role) {
    match shown.served.due_at {
        None => (say.text("item-no-due"), Role::Dim),
        Some(due) if due <= say.now => (say.with("item-overdue", &[("time", say.moment(due).into())]), Role::Warning),
        Some(due) => (say.with("item-due", &[("time", say.moment(due).into())]), Role::Text),
    }
}

fn alike(model: &Model, shown: &Shown, say: Say<'_>) -> Vec<String> {
    let lines = shown.served.alike.iter().map(|alike| {
        let title = alike.policy.as_deref().map(|code| words::policy_title(model, &shown.served.client, code));
        let done = say.text(&format!("verdict-{}.done", alike.verdict.code()));
        let what = title.map_or_else(|| done.clone(), |title| format!("{done} {title}"));
        let times = say.with("item-alike-times", &[("what", what.into()), ("n", alike.times.into())]);
        say.with("item-alike", &[("what", times.into())])
    });
    let mut lines: Vec<String> = lines.collect();
    lines.extend(super::messages::first_beside(model, &shown.served.item.id));
    lines.extend(together(model, shown, say));
    lines
}

/// How many belong with it now.
fn together(model: &Model, shown: &Shown, say: Say<'_>) -> Option<String> {
    use crate::moderation::By;
    let (_, groups) = model.groups.as_ref().filter(|(of, _)| *of == shown.served.item.id)?;
    let waits = |by| groups.iter().find(|group| group.by == by && group.waiting > 1).map(|group| group.waiting - 1);
    let n = waits(By::Alike).or_else(|| waits(By::Text))?;
    let key = model.keys.key_of(crate::tui::keymap::Context::Desk, "batch.open").unwrap_or_default().to_owned();
    Some(say.with("batch-beside", &[("n", n.into()), ("key", key.into())]))
}

fn past_round(past: &crate::moderation::claim::PastDecision, say: Say<'_>) -> String {
    let what = words::decided(past.verdict, None, past.policy.as_deref(), say);
    format!("{} · {} · {}", what, past.by, say.moment(past.at))
}
