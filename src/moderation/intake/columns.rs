//! The columns of a CSV file and the fields of an item that they fill.
//!
//! The head line names them, in any order: `id` and, as needed, `queue`, `revision`, `kind`, `channel`, `lang`,
//! `title`, `text`, `url`, `online`, `live`, `created_at`, `received_at`, `due_at`, `severity`, `sealed`, `priority`,
//! `source`, `license`; dotted `subject.id|title|url`, `author.id|name|joined_at|posts|removed|followers|note`,
//! `reach.views|likes|shares`, one `media.url|path|mime|sha256|alt`, one `report.by|reporter|reason|severity|text|at`;
//! `attributes.NAME` and `scores.NAME` by any name, and `x_…`, which is kept. An underscore does for the dot of
//! `author_name` and its like. An empty cell is an absent field.

use super::why::{must, shown};
use serde_json::{Map, Number, Value};

/// What a column fills.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// The field, or the object of which it fills a part.
    field: &'static str,
    /// The part of the object.
    part: Option<String>,
    sort: Sort,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    Text,
    Whole,
    Share,
    Boolean,
}

const PLAIN: [(&str, Sort); 19] = [
    ("id", Sort::Text),
    ("queue", Sort::Text),
    ("revision", Sort::Whole),
    ("kind", Sort::Text),
    ("channel", Sort::Text),
    ("lang", Sort::Text),
    ("title", Sort::Text),
    ("text", Sort::Text),
    ("url", Sort::Text),
    ("online", Sort::Boolean),
    ("live", Sort::Boolean),
    ("created_at", Sort::Text),
    ("received_at", Sort::Text),
    ("due_at", Sort::Text),
    ("severity", Sort::Whole),
    ("sealed", Sort::Text),
    ("priority", Sort::Whole),
    ("source", Sort::Text),
    ("license", Sort::Text),
];

/// What the columns begin with, the field they fill, and its parts.
type Part = (&'static str, &'static str, &'static [(&'static str, Sort)]);

const PARTS: [Part; 5] = [
    ("subject", "subject", &[("id", Sort::Text), ("title", Sort::Text), ("url", Sort::Text)]),
    (
        "author",
        "author",
        &[
            ("id", Sort::Text),
            ("name", Sort::Text),
            ("joined_at", Sort::Text),
            ("posts", Sort::Whole),
            ("removed", Sort::Whole),
            ("followers", Sort::Whole),
            ("note", Sort::Text),
        ],
    ),
    ("reach", "reach", &[("views", Sort::Whole), ("likes", Sort::Whole), ("shares", Sort::Whole)]),
    (
        "media",
        "media",
        &[("url", Sort::Text), ("path", Sort::Text), ("mime", Sort::Text), ("sha256", Sort::Text), ("alt", Sort::Text)],
    ),
    (
        "report",
        "reports",
        &[
            ("by", Sort::Text),
            ("reporter", Sort::Text),
            ("reason", Sort::Text),
            ("severity", Sort::Whole),
            ("text", Sort::Text),
            ("at", Sort::Text),
        ],
    ),
];

/// The columns that a head line names.
///
/// # Errors
/// Where a name is unknown or there twice, or `id` is missing: then nothing of the file can be read.
pub fn read<'n>(head: impl Iterator<Item = &'n str>) -> Result<Vec<Column>, String> {
    let mut columns: Vec<Column> = Vec::new();
    for name in head {
        let column = column(name.trim()).ok_or_else(|| {
            let name = shown(name);
            format!("unknown column {name}: rename it to a field of an item, or to x_{name} to keep it")
        })?;
        if columns.contains(&column) {
            return Err(format!("column {} is there twice: keep one of them", shown(name)));
        }
        columns.push(column);
    }
    if columns.iter().any(|column| column.field == "id") {
        Ok(columns)
    } else {
        Err("there is no column id: the first line must name the columns, and one must be id".into())
    }
}

fn column(name: &str) -> Option<Column> {
    if let Some((field, sort)) = PLAIN.iter().find(|(field, _)| *field == name) {
        return Some(Column { field, part: None, sort: *sort });
    }
    if name.len() > 2 && name.starts_with("x_") {
        return Some(Column { field: "x_", part: Some(name.into()), sort: Sort::Text });
    }
    let free = [("attributes", Sort::Text), ("scores", Sort::Share)];
    for (field, sort) in free {
        if let Some(part) =
            name.strip_prefix(field).and_then(|rest| rest.strip_prefix('.')).filter(|part| !part.is_empty())
        {
            return Some(Column { field, part: Some(part.into()), sort });
        }
    }
    PARTS.iter().find_map(|(prefix, field, parts)| {
        let part = name.strip_prefix(prefix)?.strip_prefix(['.', '_'])?;
        let (part, sort) = parts.iter().find(|(known, _)| *known == part)?;
        Some(Column { field, part: Some((*part).into()), sort: *sort })
    })
}

/// One record as the JSON object of an item.
pub(super) fn object<'c>(
    columns: &[Column],
    cells: impl Iterator<Item = &'c str>,
) -> Result<Map<String, Value>, String> {
    let mut object = Map::new();
    for (column, cell) in columns.iter().zip(cells) {
        if cell.is_empty() {
            continue;
        }
        let value = value(column.sort, cell).ok_or_else(|| match (&column.part, column.sort) {
            (None, _) => format!("{} must be {}", column.field, must(column.field)),
            (Some(part), Sort::Share) => format!("{}.{} must be a number from 0 to 1", column.field, shown(part)),
            (Some(part), _) => format!("{}.{} must be a whole number", column.field, shown(part)),
        })?;
        match (&column.part, column.field) {
            (None, field) => {
                object.insert(field.into(), value);
            }
            (Some(name), "x_") => {
                object.insert(name.clone(), value);
            }
            (Some(part), field @ ("media" | "reports")) => {
                let list = object.entry(field).or_insert_with(|| Value::Array(vec![Value::Object(Map::new())]));
                if let Some(Value::Object(only)) = list.get_mut(0) {
                    only.insert(part.clone(), value);
                }
            }
            (Some(part), field) => {
                if let Value::Object(below) = object.entry(field).or_insert_with(|| Value::Object(Map::new())) {
                    below.insert(part.clone(), value);
                }
            }
        }
    }
    Ok(object)
}

fn value(sort: Sort, cell: &str) -> Option<Value> {
    let typed = cell.trim();
    match sort {
        Sort::Text => Some(Value::from(cell)),
        Sort::Whole => typed.parse::<i64>().ok().map(Value::from),
        Sort::Share => typed.replace(',', ".").parse::<f64>().ok().and_then(Number::from_f64).map(Value::Number),
        Sort::Boolean => match typed.to_ascii_lowercase().as_str() {
            "true" | "1" | "yes" | "oui" | "vrai" => Some(Value::Bool(true)),
            "false" | "0" | "no" | "non" | "faux" => Some(Value::Bool(false)),
            _ => None,
        },
    }
}
