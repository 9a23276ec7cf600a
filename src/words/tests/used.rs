//! Every message that the program says is there with its variables, and every message that is there is said.

use super::*;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Topics that are said by a code or a number, so that no whole id stands in the source; with the codes where the
/// topic has other messages too.
const CODED: &[(&str, &[&str])] = &[
    ("alert", &["suicide", "threat", "attack", "child"]),
    ("batch", &["author", "text", "alike", "link", "thread"]),
    ("break", &["run", "acute", "hourly", "voluntary", "lunch", "meeting", "technical"]),
    ("checkin", &["mood-1", "mood-2", "mood-3", "mood-4", "mood-5", "load-1", "load-2", "load-3", "load-4", "load-5"]),
    ("command", &[]),
    ("context", &[]),
    ("doubt", &["colleague", "supervisor", "call"]),
    ("followup", &["reply", "note", "insight", "forward", "like", "share", "sanction", "label", "doubt"]),
    (
        "insight",
        &["idea", "complaint", "praise", "question", "trend", "competitor", "persona", "experience", "influencer"],
    ),
    ("kind", &[]),
    ("lost", &["expired", "leased", "decided", "withdrawn", "new_revision", "moved", "sealed", "not_leased"]),
    ("masking", &["0", "1", "2", "3", "4"]),
    ("measure", &[]),
    ("mine", &[]),
    ("outcome", &["recorded", "already_recorded", "conflict", "leased", "stale_revision", "superseded", "not_leased"]),
    ("pass", &["language", "technical", "conflict_of_interest", "not_for_me"]),
    (
        "picture",
        &["blurred", "clearer", "coloured", "whole", "not_here", "down", "too_large", "unknown", "broken", "failed"],
    ),
    (
        "plain",
        &["script-latin", "script-odd-latin", "script-greek", "script-cyrillic", "script-armenian", "script-other"],
    ),
    ("reply", &["public", "private"]),
    ("report", &["user", "trusted_flagger", "classifier", "order"]),
    ("sanction", &["warn", "mute", "suspend", "ban"]),
    (
        "desk",
        &["sum-held", "sum-media", "sum-online", "sum-posts", "sum-removed", "sum-times", "sum-views", "sum-words"],
    ),
    ("severity", &["0", "1", "2", "3", "4"]),
    (
        "time",
        &[
            "month-1", "month-2", "month-3", "month-4", "month-5", "month-6", "month-7", "month-8", "month-9",
            "month-10", "month-11", "month-12",
        ],
    ),
    ("thread", &["waiting", "leased", "decided", "withdrawn"]),
    ("verdict", &[]),
    ("why", &["empty", "leased", "paused", "not_for_you", "wellbeing"]),
];

fn is_coded(id: &str) -> bool {
    let (topic, code) = id.split_once('-').unwrap_or((id, ""));
    CODED.iter().any(|(known, codes)| *known == topic && (codes.is_empty() || codes.contains(&code)))
}

/// Messages written ahead of their screens. A line goes when its message is said; what is still here when the screens
/// are done goes from the `.ftl` files too.
const AHEAD: &str = include_str!("ahead.txt");

fn sources() -> Vec<(PathBuf, String)> {
    fn walk(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
        for entry in fs::read_dir(folder).expect("src can be read").flatten() {
            let path = entry.path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push((path.clone(), fs::read_to_string(&path).expect("a source")));
            }
        }
    }
    let mut found = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    found.retain(|(path, _)| !path.to_string_lossy().contains("src/words/tests"));
    found
}

#[test]
fn what_is_said_is_there_with_its_variables() {
    let known = all(Lang::En);
    let call = regex::Regex::new(r#"\.(say|say_with)\(\s*"([^"]+)"(\s*,\s*&\[)?"#).expect("a pattern");
    let named = regex::Regex::new(r#"\(\s*"([a-z_]+)"\s*,"#).expect("a pattern");
    let mut wrong = Vec::new();
    for (path, source) in sources() {
        // A module's own tests may ask for what is missing.
        let source = source.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        for found in call.captures_iter(source) {
            let id = &found[2];
            let Some(message) = known.iter().find(|message| message.id == id) else {
                wrong.push(format!("{}: no message `{id}`", path.display()));
                continue;
            };
            let given: Option<BTreeSet<&str>> = match (&found[1], found.get(3)) {
                ("say", _) => Some(BTreeSet::new()),
                (_, Some(open)) => list(&source[open.end()..]).map(|list| {
                    named.captures_iter(list).filter_map(|name| name.get(1)).map(|name| name.as_str()).collect()
                }),
                _ => None,
            };
            let wanted: BTreeSet<&str> = message.variables.iter().map(String::as_str).collect();
            if given.as_ref().is_some_and(|given| *given != wanted) {
                wrong.push(format!("{}: `{id}` takes {wanted:?}, not {given:?}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// What stands up to the bracket that closes a list.
fn list(source: &str) -> Option<&str> {
    let mut depth = 1;
    let end = source.find(|c| {
        depth += i32::from(c == '[') - i32::from(c == ']');
        depth == 0
    })?;
    Some(&source[..end])
}

#[test]
fn what_is_there_is_said() {
    let sources = sources();
    let ahead: BTreeSet<&str> = AHEAD.lines().collect();
    let unsaid: Vec<String> = all(Lang::En)
        .into_iter()
        .map(|message| message.id.split('.').next().unwrap_or_default().to_owned())
        .filter(|id| !is_coded(id) && !ahead.contains(id.as_str()))
        .filter(|id| !sources.iter().any(|(_, source)| source.contains(id.as_str())))
        .collect();
    assert!(unsaid.is_empty(), "say them, take them out, or list them in src/words/tests/ahead.txt: {unsaid:#?}");
}

#[test]
fn what_is_written_ahead_exists() {
    let known: BTreeSet<String> = all(Lang::En).into_iter().map(|message| message.id).collect();
    let gone: Vec<&str> = AHEAD.lines().filter(|line| !line.is_empty() && !known.contains(*line)).collect();
    assert!(gone.is_empty(), "{gone:#?}");
}
