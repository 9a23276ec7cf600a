//! The queues, a line each, under their clients.

use crate::moderation::floor::QueueNow;
use crate::moderation::floor::flow::bars;
use crate::tui::theme::Role;
use crate::tui::view::ink::Ink;
use crate::tui::watch::model::{Model, Pane};
use ratatui::layout::Rect;

/// A column: its title, how wide it is, and what stands in it.
struct Column {
    title: &'static str,
    width: u16,
    left: bool,
}

const fn column(title: &'static str, width: u16) -> Column {
    Column { title, width, left: false }
}

const NARROW: &[Column] = &[
    column("watch-col-waiting", 7),
    column("watch-col-leased", 5),
    column("watch-col-oldest", 9),
    column("watch-col-overdue", 6),
    column("watch-col-pace", 10),
];
const WIDE: &[Column] = &[
    column("watch-col-waiting", 8),
    column("watch-col-leased", 6),
    column("watch-col-oldest", 11),
    column("watch-col-due", 7),
    column("watch-col-overdue", 7),
    column("watch-col-pace", 12),
    Column { title: "watch-col-hour", width: 14, left: true },
    column("watch-col-removed", 13),
];
/// Columns of a name.
const NAME: u16 = 18;

/// Draws them.
pub fn draw(model: &Model, area: Rect, focus: bool, ink: &mut Ink<'_>) {
    let say = model.speaker();
    let wide = area.width >= 110;
    let columns = if wide { WIDE } else { NARROW };
    let mut x = area.x + 2 + NAME;
    ink.put_within(area.x + 2, area.y, &say.text("watch-col-queue"), Role::Dim, x);
    for column in columns {
        let title = say.text(column.title);
        if column.left {
            ink.put_within(x + 1, area.y, &title, Role::Dim, x + column.width);
        } else {
            ink.put_right(x + column.width, area.y, &title, Role::Dim);
        }
        x += column.width;
    }
    ink.put_within(x + 2, area.y, &say.text("watch-col-outlook"), Role::Dim, area.right());
    let (lines, cursor) = lines(model);
    let room = usize::from(area.height.saturating_sub(1));
    let first = (cursor + 2).saturating_sub(room).min(lines.len().saturating_sub(room));
    let place = model.place(Pane::Queues);
    for (at, line) in lines.iter().skip(first).take(room).enumerate() {
        let y = area.y + 1 + at as u16;
        match line {
            Line::Client(name) => {
                let title = model.house.client_title(name).to_owned();
                ink.put_within(area.x + 1, y, &title, Role::Client, area.right());
            }
            Line::Queue(queue, at) => one(model, queue, focus && *at == place, columns, Rect { y, ..area }, ink),
        }
    }
    if lines.is_empty() {
        ink.put(area.x + 2, area.y + 1, &say.text("watch-none-queues"), Role::Dim);
    }
}

enum Line<'a> {
    Client(&'a str),
    Queue(&'a QueueNow, usize),
}

/// The lines, and which has the cursor.
fn lines(model: &Model) -> (Vec<Line<'_>>, usize) {
    let (mut lines, mut cursor) = (Vec::new(), 0);
    let place = model.place(Pane::Queues);
    let mut client = None;
    for (at, queue) in model.queues().into_iter().enumerate() {
        if client != Some(queue.stats.client.as_str()) {
            client = Some(queue.stats.client.as_str());
            lines.push(Line::Client(&queue.stats.client));
        }
        if at == place {
            cursor = lines.len();
        }
        lines.push(Line::Queue(queue, at));
    }
    (lines, cursor)
}

fn one(model: &Model, queue: &QueueNow, cursor: bool, columns: &[Column], area: Rect, ink: &mut Ink<'_>) {
    let tell = model.teller();
    let (stats, y) = (&queue.stats, area.y);
    let number = |n: u64| model.words.number(n);
    ink.put(area.x, y, if cursor { "▶" } else { " " }, Role::Key);
    let role = if cursor { Role::Selected } else { Role::Text };
    let mut x = area.x + 2 + NAME;
    ink.put_within(area.x + 2, y, model.house.queue_title(&stats.name), role, x - 1);
    for column in columns {
        let end = x + column.width;
        let (text, role) = match column.title {
            "watch-col-waiting" => (number(stats.waiting), Role::Text),
            "watch-col-leased" => (number(stats.leased), Role::Text),
            "watch-col-oldest" => (tell.age(stats.oldest_received_at), Role::Dim),
            "watch-col-due" => (number(stats.due_15m), if stats.due_15m > 0 { Role::Warning } else { Role::Dim }),
            "watch-col-overdue" => (number(stats.overdue), if stats.overdue > 0 { Role::Warning } else { Role::Dim }),
            "watch-col-pace" => {
                (format!("{}→{}", tell.pace(queue.flow.pace_in()), tell.pace(queue.flow.pace_out())), Role::Text)
            }
            "watch-col-hour" => (bars(&queue.flow.left, 12), Role::Good),
            _ => {
                let unlike = queue.today.is_unlike(queue.usual);
                (tell.removed(queue), if unlike { Role::Warning } else { Role::Dim })
            }
        };
        if column.left {
            ink.put_within(x + 1, y, &text, role, end);
        } else {
            ink.put_right(end, y, &text, role);
        }
        x = end;
    }
    let outlook = tell.outlook(queue, model.now.pace());
    let pressing = model.troubles.iter().any(|trouble| trouble.is_of_queue(&stats.name));
    ink.put_within(x + 2, y, &outlook, if pressing { Role::Warning } else { Role::Dim }, area.right());
}
