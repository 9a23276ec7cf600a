//! Pages: something to read, with a scroll.

use super::geometry::{page, page_rows};
use super::ink::Ink;
use super::pages;
use crate::text::{width, wrap};
use crate::tui::model::{Body, Layer, Model, Page, PageKind};
use crate::tui::theme::Role;

/// A line of a page.
pub enum Line {
    /// A heading, with an empty line before it.
    Heading(String),
    /// A label and what stands behind it.
    Pair(String, String),
    /// A paragraph.
    Text(String),
    /// Somebody's text, wrapped.
    Said(Body),
    /// Nothing.
    Gap,
}

/// Columns of labels.
const LABEL: usize = 22;

/// How many lines the page on top has.
pub fn page_lines(model: &Model) -> usize {
    match model.layers.last() {
        Some(Layer::Page(page)) => rows(model, page.kind).len(),
        _ => 0,
    }
}

/// Draws a page over the whole screen.
pub fn draw(model: &Model, shown: Page, ink: &mut Ink<'_>) {
    let say = model.speaker();
    let area = page(model);
    let whole = ink.area();
    ink.blank(whole);
    super::head::draw(model, ink);
    ink.rule(0, area.y, area.right(), &pages::title(model, shown.kind));
    let rows = rows(model, shown.kind);
    let room = page_rows(model);
    let scroll = shown.scroll.min(rows.len().saturating_sub(1));
    for (place, row) in rows.iter().skip(scroll).take(room).enumerate() {
        let y = area.y + 1 + place as u16;
        match row {
            Row::Heading(text) => ink.put(1, y, text, Role::Title),
            Row::Pair(label, text) => {
                ink.put_within(1, y, label, Role::Dim, 1 + LABEL as u16);
                ink.put(2 + LABEL as u16, y, text, Role::Text)
            }
            Row::Text(text) => ink.put(1, y, text, Role::Text),
            Row::Said(body, at) => {
                ink.row(3, y, &body.row(*at), area.right());
                0
            }
            Row::Gap => 0,
        };
    }
    let y = whole.height - 1;
    let end = if rows.len() > room {
        let to = (scroll + room).min(rows.len());
        ink.put_right(whole.width - 1, y, &format!("{}–{to} / {}", scroll + 1, rows.len()), Role::Dim)
    } else {
        whole.width
    };
    match &model.mark {
        Some(mark) => ink.put_within(1, y, &say.mark(mark), Role::Warning, end),
        None => ink.put_within(1, y, &pages::keys(model, shown.kind), Role::Dim, end),
    };
}

enum Row {
    Heading(String),
    Pair(String, String),
    Text(String),
    Said(std::rc::Rc<Body>, usize),
    Gap,
}

fn rows(model: &Model, kind: PageKind) -> Vec<Row> {
    let columns = usize::from(model.size.0.saturating_sub(2)).max(2);
    let mut rows = Vec::new();
    for line in pages::lines(model, kind) {
        match line {
            Line::Heading(text) => {
                if !rows.is_empty() {
                    rows.push(Row::Gap);
                }
                rows.push(Row::Heading(text));
            }
            Line::Pair(label, text) => {
                let lines = wrap::wrap(&text, columns.saturating_sub(LABEL + 1).max(2));
                for (at, part) in lines.iter().enumerate() {
                    let label = if at == 0 { width::fit(&label, LABEL).into_owned() } else { String::new() };
                    rows.push(Row::Pair(label, text[part.shown.clone()].to_owned()));
                }
            }
            Line::Text(text) => {
                rows.extend(
                    wrap::wrap(&text, columns).iter().map(|part| Row::Text(text[part.shown.clone()].to_owned())),
                );
            }
            Line::Said(body) => {
                let body = std::rc::Rc::new(body);
                rows.extend((0..body.rows()).map(|at| Row::Said(body.clone(), at)));
            }
            Line::Gap => rows.push(Row::Gap),
        }
    }
    rows
}
