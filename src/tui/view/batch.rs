//! An open batch: a line an item, and the words of the one with the cursor.

use super::ink::Ink;
use super::{foot, geometry, head};
use crate::text::scrub;
use crate::tui::model::{Batch, Model, Row};
use crate::tui::say::Say;
use crate::tui::theme::Role;
use crate::wellbeing::Masking;

/// Rows for the words of the row with the cursor.
const DETAIL: u16 = 4;
/// Columns of an author's name.
const NAME: u16 = 14;

/// The first row of the list, and how many rows it has.
fn list(model: &Model) -> (u16, u16) {
    let parts = geometry::parts(model);
    let end = parts.alerts.saturating_sub(DETAIL + 1);
    (2, end.saturating_sub(2).max(1))
}

/// Rows of a batch in sight.
pub fn batch_rows(model: &Model) -> usize {
    if model.too_small() { 1 } else { usize::from(list(model).1) }
}

/// Columns for the words of the row with the cursor.
pub fn batch_columns(model: &Model) -> usize {
    usize::from(model.size.0.saturating_sub(4)).clamp(2, 100)
}

/// Draws it.
pub fn draw(model: &Model, batch: &Batch, ink: &mut Ink<'_>) {
    let say = model.speaker();
    let end = ink.area().width;
    head::draw(model, ink);
    let by = say.words.coded("batch", batch.group.by.code()).into_owned();
    let title = say.with("batch-title", &[("n", batch.rows.len().into()), ("by", by.into())]);
    let mut about = vec![say.with("batch-marked", &[("n", batch.marked().into())])];
    let beyond = batch.group.waiting.saturating_sub(batch.rows.len() as u64);
    for (id, n) in
        [("batch-beyond", beyond), ("batch-elsewhere", batch.group.elsewhere), ("batch-left-out", batch.group.left_out)]
    {
        if n > 0 {
            about.push(say.with(id, &[("n", n.into())]));
        }
    }
    let x = ink.put_within(1, 1, &title, Role::Title, end);
    let about = about.join(" · ");
    let room = usize::from(end.saturating_sub(x + 2));
    let fitted = crate::text::width::fit(&about, room).into_owned();
    ink.put_right(end.saturating_sub(1), 1, &fitted, Role::Dim);
    let (top, rows) = list(model);
    for (place, row) in batch.rows.iter().enumerate().skip(batch.top).take(usize::from(rows)) {
        line(row, place == batch.at, top + (place - batch.top) as u16, say, ink);
    }
    let below = top + rows;
    let name = batch.rows.get(batch.at).map(|row| row.served.item.id.clone()).unwrap_or_default();
    let place = format!("{} / {} · {name}", batch.at + 1, batch.rows.len());
    ink.rule(0, below, end, &place);
    for at in 0..batch.detail.rows().min(usize::from(DETAIL)) {
        ink.row(2, below + 1 + at as u16, &batch.detail.row(at), end.saturating_sub(1));
    }
    if batch.detail.rows() == 0
        && let Some(row) = batch.rows.get(batch.at)
    {
        let mask = say.words.coded("masking", &row.mask.level().to_string()).into_owned();
        ink.put(2, below + 1, &mask, Role::Dim);
    }
    foot::draw(model, &geometry::parts(model), ink);
}

fn line(row: &Row, cursor: bool, y: u16, say: Say<'_>, ink: &mut Ink<'_>) {
    let end = ink.area().width.saturating_sub(1);
    let x = ink.put(0, y, if cursor { "▶" } else { " " }, Role::Key);
    let x = ink.put(x, y, if row.marked { "[x] " } else { "[ ] " }, if row.marked { Role::Warning } else { Role::Dim });
    let item = &row.served.item;
    let author = item.author.as_ref();
    let name = author.and_then(|author| author.name.as_ref()).map(|name| scrub::line(name).fit(14).into_owned());
    let name = name.or_else(|| author.and_then(|author| author.id.as_deref().map(scrub::log))).unwrap_or_default();
    ink.put_within(x, y, &name, Role::Author, x + NAME);
    let mut x = x + NAME + 1;
    if let Some(at) = item.created_at.or(item.received_at) {
        x = ink.put_within(x, y, &say.moment(at), Role::Dim, end) + 1;
    }
    let reports = item.reports.len();
    x = match reports {
        0 => ink.put_within(x, y, &say.text("batch-not-reported"), Role::Dim, end),
        n => ink.put_within(x, y, &format!("×{n}"), Role::Warning, end),
    } + 2;
    if row.mask >= Masking::Summary {
        let mask = say.words.coded("masking", &row.mask.level().to_string()).into_owned();
        ink.put_within(x, y, &mask, Role::Dim, end);
        return;
    }
    for at in 0..row.line.rows() {
        let pieces = row.line.row(at);
        ink.row(x, y, &pieces, end);
        let width: usize = pieces.iter().map(|(text, _)| crate::text::width::of(text)).sum();
        x = x.saturating_add(u16::try_from(width).unwrap_or(u16::MAX)).saturating_add(2);
    }
}
