//! What the screen looks like: alerts first, then the queues, then one or two panes, then the keys.

mod foot;
mod item;
mod layers;
mod letters;
mod panes;
mod queues;

pub use item::rows as item_rows;
pub use layers::help_rows;
pub use letters::rows as notice_rows;

use super::model::{Layer, Model, Pane};
use crate::text::width;
use crate::tui::theme::{Role, Theme};
use crate::tui::view::ink::Ink;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use std::collections::BTreeSet;

/// Alert lines above the panes at most.
const LOUD: usize = 3;

/// Draws the model; tells where the cursor stands, in a line to type.
pub fn draw(model: &Model, theme: Theme, buffer: &mut Buffer) -> Option<Position> {
    let mut ink = Ink::new(buffer, theme);
    if model.too_small() {
        small(model, &mut ink);
        return None;
    }
    let (columns, rows) = model.size;
    head(model, &mut ink);
    let top = 1 + loud(model, &mut ink);
    let bottom = rows - 3;
    let body = Rect::new(0, top, columns, bottom.saturating_sub(top));
    match (&model.opened, model.reading) {
        (Some(opened), _) => item::draw(model, opened, body, &mut ink),
        (None, Some((notice, scroll))) => letters::draw(model, notice, scroll, body, &mut ink),
        _ if model.wide() => wide(model, body, &mut ink),
        _ => narrow(model, body, &mut ink),
    }
    foot::draw(model, bottom, &mut ink);
    let cursor = model.layers.last().and_then(|layer| layers::draw(model, layer, &mut ink));
    if model.layers.iter().any(|layer| matches!(layer, Layer::Help { .. })) {
        return None;
    }
    cursor
}

/// One pane under a line that names them all; where the queues leave room, the people stand under them.
fn narrow(model: &Model, body: Rect, ink: &mut Ink<'_>) {
    tabs(model, body.y, ink);
    let mut area = Rect { y: body.y + 1, height: body.height - 1, ..body };
    let wanted = queues_wanted(model).min(area.height);
    let left = area.height - wanted;
    if model.pane == Pane::Queues && left >= 4 {
        area.height = wanted;
        titled(model, Pane::People, Rect { y: area.bottom(), height: left, ..area }, ink);
    }
    panes::draw(model, model.pane, area, true, ink);
}

/// Rows that all queues take under their clients.
fn queues_wanted(model: &Model) -> u16 {
    let clients: BTreeSet<&str> = model.now.queues.iter().map(|queue| queue.stats.client.as_str()).collect();
    u16::try_from(model.now.queues.len() + clients.len() + 1).unwrap_or(u16::MAX)
}

/// The queues above, and under them the pane that has the keys beside the people.
fn wide(model: &Model, body: Rect, ink: &mut Ink<'_>) {
    let above = queues_wanted(model).saturating_add(1).clamp(5, body.height * 3 / 5);
    titled(model, Pane::Queues, Rect { height: above, ..body }, ink);
    let below = Rect { y: body.y + above, height: body.height - above, ..body };
    let left = below.width * 3 / 5;
    let other = match model.pane {
        // A question waits for somebody; what is in hands does not.
        Pane::Queues | Pane::People if !model.messages.questions().is_empty() => Pane::Questions,
        Pane::Queues | Pane::People => Pane::Hands,
        pane => pane,
    };
    titled(model, other, Rect { width: left, ..below }, ink);
    ink.down(left, below.y + 1, below.height - 1);
    titled(model, Pane::People, Rect { x: left + 1, width: below.width - left - 1, ..below }, ink);
}

fn titled(model: &Model, pane: Pane, area: Rect, ink: &mut Ink<'_>) {
    let focus = model.pane == pane;
    let n = model.rows(pane).len();
    let title = format!("{}{} {n}", if focus { "▶ " } else { "" }, model.speaker().text(pane.title()));
    ink.rule(area.x, area.y, area.right(), &title);
    panes::draw(model, pane, Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area }, focus, ink);
}

/// Which panes there are, and which has the keys.
fn tabs(model: &Model, y: u16, ink: &mut Ink<'_>) {
    ink.rule(0, y, ink.area().width, "");
    let panes = Pane::ALL.into_iter().filter(|pane| *pane != Pane::Found || !model.search.typed.is_empty());
    let named: Vec<(Pane, String)> = panes
        .map(|pane| {
            let name = model.speaker().text(pane.title());
            let mark = if model.pane == pane { "▶ " } else { "" };
            match model.rows(pane).len() {
                0 if model.pane != pane => (pane, name),
                n => (pane, format!("{mark}{name} {n}")),
            }
        })
        .collect();
    let wide: usize = named.iter().map(|(_, text)| width::of(text) + 2).sum();
    let gap = if wide + 2 > usize::from(ink.area().width) { 1 } else { 2 };
    let mut x = ink.put(1, y, " ", Role::Dim);
    for (pane, text) in named {
        let role = match pane {
            _ if model.pane == pane => Role::Title,
            Pane::Questions if !model.rows(pane).is_empty() => Role::Warning,
            _ => Role::Dim,
        };
        let end = ink.area().width;
        let after = ink.put_within(x, y, &text, role, end);
        ink.put_within(after, y, "  ".get(..gap).unwrap_or_default(), Role::Dim, end);
        x = after + gap as u16;
    }
}

fn head(model: &Model, ink: &mut Ink<'_>) {
    let say = model.speaker();
    let end = ink.area().width;
    let (line, role) = match &model.down {
        Some((_, since)) => (say.with("line-down", &[("time", say.clock(*since).into())]), Role::Warning),
        None if model.settings.here => (say.text("line-local"), Role::Good),
        None => (say.text("line-connected"), Role::Good),
    };
    let right = ink.put_right(end - 1, 0, &line, role);
    let asked = model.messages.questions().len();
    let sums = sums(model, asked);
    let room = usize::from(right).saturating_sub(2);
    let title = say.text("watch-title");
    // Where it is narrow, figures go before the name of the program.
    let whole = 3 + width::of("moddesk › ") + width::of(&title) + width::of(&sums);
    let mut x = 1;
    if whole <= room || model.now.at.is_none() {
        x = ink.put(x, 0, "moddesk", Role::Client);
        x = ink.put(x, 0, " › ", Role::Dim);
    }
    let x = ink.put(x, 0, &title, Role::Text);
    if model.now.at.is_none() {
        ink.put_within(x + 3, 0, &say.text("watch-first"), Role::Dim, right);
        return;
    }
    let late = model.now.queues.iter().any(|queue| queue.stats.overdue > 0);
    let role = if late || asked > 0 { Role::Warning } else { Role::Dim };
    ink.put_within(x + 3, 0, &sums, role, right.saturating_sub(1));
}

/// Who works, what waits, what is late, and what is asked.
fn sums(model: &Model, asked: usize) -> String {
    use crate::moderation::floor::Takes;
    let say = model.speaker();
    let people = model.now.people.iter().filter(|person| person.takes != Takes::Offline).count();
    let waiting: u64 = model.now.queues.iter().map(|queue| queue.stats.waiting).sum();
    let late: u64 = model.now.queues.iter().map(|queue| queue.stats.overdue).sum();
    let args = [("people", people.into()), ("waiting", waiting.into()), ("late", late.into())];
    let sum = say.with("watch-sum", &args);
    match asked {
        0 => sum,
        n => format!("{sum} · {}", say.with("watch-sum-asked", &[("n", n.into())])),
    }
}

/// What has to be known, in words, until somebody has taken it. Answers how many rows it took.
fn loud(model: &Model, ink: &mut Ink<'_>) -> u16 {
    let say = model.speaker();
    let mut lines: Vec<(String, Role)> = Vec::new();
    lines.extend(model.untaken().map(|alert| (model.teller().alert(alert), Role::Alert)));
    if let Some((broken, since)) = &model.down {
        let why = crate::text::scrub::log(&broken.why);
        let args = [("time", say.clock(*since).into()), ("why", why.into())];
        lines.push((say.with("watch-down", &args), Role::Warning));
    }
    lines.extend(
        model.loud().map(|trouble| (format!("⚠ {}", model.teller().trouble(trouble, &model.now)), Role::Warning)),
    );
    let shown = lines.len().min(LOUD);
    let end = ink.area().width - 1;
    for (at, (text, role)) in lines.iter().take(shown).enumerate() {
        let y = 1 + at as u16;
        let more = lines.len() - shown;
        let end = if at + 1 == shown && more > 0 {
            ink.put_right(end, y, &format!("+{more}"), Role::Warning) - 1
        } else {
            end
        };
        ink.put_within(1, y, text, *role, end);
    }
    shown as u16
}

fn small(model: &Model, ink: &mut Ink<'_>) {
    let say = model.speaker();
    let have = format!("{}x{}", model.size.0, model.size.1);
    let text = say.with("item-too-small", &[("have", have.into()), ("want", "60x16".into())]);
    let columns = usize::from(model.size.0).max(2);
    for (row, line) in crate::text::wrap::wrap(&text, columns).iter().enumerate() {
        ink.put(0, row as u16, &text[line.shown.clone()], Role::Text);
    }
}
