//! Holds the table of imports that stands in `src/lib.rs`: each room may import from those it is allowed to, the pure
//! rooms stay free of async and database crates, and the screens never reach behind the desk.

use std::fs;
use std::path::{Path, PathBuf};

/// A room (path prefix under `src/`, longest match wins) and the modules that it may import with `crate::`.
const TABLE: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("wellbeing", &["text"]),
    ("moderation", &["wellbeing", "text"]),
    ("words", &["text"]),
    ("config", &["words", "moderation", "wellbeing", "text"]),
    ("store", &["words", "moderation", "wellbeing", "text"]),
    ("routing", &["words", "moderation", "wellbeing", "text"]),
    ("report", &["store", "words", "moderation", "wellbeing", "text"]),
    ("platform", &["moderation", "text", "config"]),
    ("desk", &["platform", "report", "routing", "store", "config", "words", "moderation", "wellbeing", "text"]),
    ("team/api", &["moderation", "wellbeing", "text"]),
    ("team/client", &["team::api", "team::events", "desk", "moderation", "wellbeing", "text"]),
    (
        "team/server",
        &[
            "team::api",
            "team::events",
            "store",
            "platform",
            "routing",
            "report",
            "words",
            "moderation",
            "wellbeing",
            "text",
            "config",
            "desk::clock",
        ],
    ),
    ("tui", &["desk", "words", "moderation", "wellbeing", "text", "config"]),
    ("plain", &["desk", "words", "moderation", "wellbeing", "text", "config"]),
];

/// The rooms that are synchronous, and what they may not name.
const SYNCHRONOUS: &[&str] = &["text", "moderation", "wellbeing", "tui/update", "tui/watch/update", "tui/keymap"];
const ASYNC_CRATES: &[&str] = &["tokio", "sqlx", "reqwest", "axum", "rusqlite", "tokio_postgres"];
/// Crates that no screen may name.
const BEHIND_THE_DESK: &[&str] = &["sqlx", "rusqlite", "tokio_postgres", "reqwest", "axum"];

fn sources() -> Vec<(String, String)> {
    fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).expect("src can be read").flatten() {
            let path = entry.path();
            if path.is_dir() {
                walk(&path, files);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    walk(&src, &mut files);
    files
        .into_iter()
        .map(|path| {
            let name = path.strip_prefix(&src).expect("under src").display().to_string().replace('\\', "/");
            (name, fs::read_to_string(&path).expect("sources are UTF-8"))
        })
        .collect()
}

/// The code without comments: documentation may name any room.
fn code(source: &str) -> String {
    source.lines().map(|line| line.split("//").next().unwrap_or("")).collect::<Vec<_>>().join("\n")
}

/// Everything named after `crate::`, groups taken apart: `a`, `team::api`.
fn imports(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        if code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
            continue;
        }
        let rest = &code[at + "crate::".len()..];
        if let Some(group) = rest.strip_prefix('{') {
            let mut depth = 1;
            let mut part = String::new();
            for c in group.chars() {
                match c {
                    '{' => depth += 1,
                    '}' => depth -= 1,
                    _ => {}
                }
                if depth == 0 || (depth == 1 && c == ',') {
                    found.push(part.trim().to_owned());
                    part.clear();
                    if depth == 0 {
                        break;
                    }
                } else {
                    part.push(c);
                }
            }
        } else {
            let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':')).unwrap_or(rest.len());
            found.push(rest[..end].to_owned());
        }
    }
    found.retain(|import| !import.is_empty());
    found
}

fn room(file: &str) -> Option<&'static (&'static str, &'static [&'static str])> {
    TABLE
        .iter()
        .filter(|(room, _)| file.starts_with(&format!("{room}/")) || file == format!("{room}.rs"))
        .max_by_key(|(room, _)| room.len())
}

#[test]
fn every_room_imports_only_what_the_table_allows() {
    let mut broken = Vec::new();
    for (file, source) in sources() {
        let Some((room, allowed)) = room(&file) else { continue };
        let own = room.replace('/', "::");
        for import in imports(&code(&source)) {
            let within = |module: &str| import == module || import.starts_with(&format!("{module}::"));
            if !within(&own) && !allowed.iter().any(|module| within(module)) {
                broken.push(format!("src/{file} imports crate::{import}"));
            }
        }
    }
    assert!(broken.is_empty(), "imports against the table in src/lib.rs:\n{}", broken.join("\n"));
}

#[test]
fn the_pure_rooms_name_no_async_or_database_crate() {
    let mut broken = Vec::new();
    for (file, source) in sources() {
        let code = code(&source);
        let within = |rooms: &[&str]| rooms.iter().any(|room| file.starts_with(&format!("{room}/")));
        let mut forbid = |crates: &[&str]| {
            for name in crates {
                if code
                    .match_indices(&format!("{name}::"))
                    .any(|(at, _)| !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':'))
                {
                    broken.push(format!("src/{file} names {name}"));
                }
            }
        };
        if within(SYNCHRONOUS) {
            forbid(ASYNC_CRATES);
        } else if within(&["tui", "plain"]) {
            forbid(BEHIND_THE_DESK);
        }
    }
    assert!(broken.is_empty(), "crates in the wrong room:\n{}", broken.join("\n"));
}

#[test]
fn every_room_of_the_table_exists_and_every_file_stands_in_one() {
    let files = sources();
    for (room, _) in TABLE.iter().filter(|(room, _)| !room.contains('/')) {
        assert!(files.iter().any(|(file, _)| file.starts_with(&format!("{room}/"))), "no room src/{room}");
    }
    for (file, _) in &files {
        let top = file.split('/').next().expect("a name");
        assert!(
            ["lib.rs", "main.rs", "cli", "team"].contains(&top) || room(file).is_some(),
            "src/{file} stands in no room of the table"
        );
    }
}

#[test]
fn imports_are_found_in_every_shape() {
    assert_eq!(imports("use crate::text::Untrusted;"), ["text::Untrusted"]);
    assert_eq!(imports("use crate::{text::{a, b}, store};"), ["text::{a, b}".to_owned(), "store".to_owned()]);
    assert_eq!(imports("let x = crate::desk::clock::now();"), ["desk::clock::now"]);
    assert!(imports("use other_crate::text;").is_empty());
}
