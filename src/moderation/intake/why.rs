//! Why a line of JSON is no item, in words that have nothing of the content in them.
//!
//! The messages of serde_json quote values ("invalid type: string \"…\""), so none of them is passed on: the field is
//! found by trying them one by one, which is slow, but happens for refused lines only, and our own words say what the
//! field must be.

use crate::moderation::Item;
use crate::moderation::item::MAX_LINE;
use serde::Deserialize;
use serde_json::error::Category;
use serde_json::{Map, Value};

/// `unit` is line or record.
pub(super) fn too_long(unit: &str) -> String {
    format!("this {unit} is over the limit of {} MiB: shorten it, or split it", MAX_LINE >> 20)
}

/// Why `text` was refused with `error`.
pub(super) fn refused(text: &str, error: &serde_json::Error) -> String {
    if text.trim_start().starts_with('[') {
        return "this is a JSON array: write one object a line (jq -c '.[]' does it)".into();
    }
    match error.classify() {
        Category::Eof => "the JSON breaks off at the end of the line: write the whole item on one line".into(),
        Category::Syntax | Category::Io => match text.trim_start().chars().next() {
            Some('{') => format!("this is no JSON from column {} on: check quotes, commas and escapes", error.column()),
            _ => "this is no JSON object: write one item a line, {\"id\": …, \"text\": …}".into(),
        },
        Category::Data => match serde_json::from_str::<Value>(text) {
            Ok(Value::Object(fields)) => data(fields, &error.to_string()),
            _ => "this is no JSON object: write one item a line, {\"id\": …, \"text\": …}".into(),
        },
    }
}

/// Why an object is no item. `first` is serde's message, of which only names of fields are taken.
pub(super) fn data(fields: Map<String, Value>, first: &str) -> String {
    if !fields.contains_key("id") {
        return "the field id is missing: give the item the platform's id".into();
    }
    if first.starts_with("field ") && first.contains(" is there twice") {
        let name = first.split(' ').nth(1).unwrap_or_default();
        return format!("field {} is there twice: keep one of them", shown(name));
    }
    for (name, value) in fields {
        let id = name == "id";
        let mut alone = Map::new();
        alone.insert(name.clone(), value);
        if !id {
            alone.insert("id".into(), Value::from("x"));
        }
        if let Err(error) = Item::deserialize(Value::Object(alone)) {
            return field(&name, &error.to_string());
        }
    }
    // Only what the whole line shows and no field alone: a name twice within a nested object.
    match inner(first, "duplicate field `") {
        Some(twice) => format!("a field {twice} is there twice: keep one of them"),
        None => "this is no item: see the contract's section on items".into(),
    }
}

/// What is wrong with one field.
fn field(name: &str, message: &str) -> String {
    if let Some(unknown) = inner(message, "unknown field `") {
        return if message.contains("`x_…`") {
            format!("unknown field {unknown}: take it out, or call it x_{unknown} to keep it")
        } else {
            format!("unknown field {unknown} in {}: take it out, or put it under a field x_…", shown(name))
        };
    }
    if let Some(missing) = inner(message, "missing field `") {
        return format!("{} lacks the field {missing}", shown(name));
    }
    format!("{} must be {}", shown(name), must(name))
}

/// The name in backticks after `before`.
fn inner(message: &str, before: &str) -> Option<String> {
    let rest = message.strip_prefix(before)?;
    Some(shown(rest.split('`').next().unwrap_or_default()))
}

/// The name of a field as it may be shown: printable ASCII, no longer than a name is.
pub(super) fn shown(name: &str) -> String {
    let shown: String = name.chars().filter(char::is_ascii_graphic).take(40).collect();
    if shown.is_empty() { "(without a printable name)".into() } else { shown }
}

/// What a field must be, in the words of the contract.
pub(super) fn must(field: &str) -> &'static str {
    match field {
        "revision" => "a whole number, 1 or more",
        "kind" => "one of comment, post, message, review, listing, profile, image, video, audio, other",
        "subject" => "an object with id, title and url, all texts",
        "media" => "a list of objects with url, path, mime, sha256 and alt, all texts",
        "attributes" => "an object of texts, numbers and true/false",
        "online" | "live" => "true or false",
        "reach" => "an object with views, likes and shares, whole numbers from 0 up",
        "created_at" | "received_at" | "due_at" => "a time such as 2026-11-22T08:00:00Z",
        "author" => {
            "an object with id, name, note (texts), joined_at (a time), posts, removed, followers (whole numbers)"
        }
        "context" => "a list of objects with id, author, text (texts) and created_at (a time)",
        "reports" => {
            "a list of objects with by (user, trusted_flagger, classifier or order), reporter, reason, severity (0 to \
             4), text and at"
        }
        "scores" => "an object of numbers from 0 to 1",
        "severity" => "a whole number, 0 to 4",
        "priority" => "a whole number, -100 to 100",
        "sealed" => "null or \"csam\"",
        _ => "a text",
    }
}
