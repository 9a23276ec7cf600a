//! Keymaps as people write them, and what becomes of them.

mod checking;
mod layering;
mod pressing;
mod shipped;

use super::*;
use crate::tui::command::names::COMMANDS;
use crate::words::{Lang, Words};
use std::io;
use std::path::Path;

/// Opens `mine.toml` with this text; other files are those given.
fn opened(text: &str, others: &[(&str, &str)]) -> Opened {
    open("mine.toml", &COMMANDS, |path: &Path| {
        let name = path.to_string_lossy();
        let found = [("mine.toml", text)].iter().chain(others).find(|(known, _)| *known == name).map(|(_, text)| *text);
        found.map(str::to_owned).ok_or_else(|| io::ErrorKind::NotFound.into())
    })
}

/// What the check says of `mine.toml`, in English.
fn says(text: &str) -> Vec<String> {
    let words = Words::new(Lang::En);
    opened(text, &[]).findings.iter().map(|finding| finding.say(&words)).collect()
}

fn keys(text: &str) -> Vec<Key> {
    text.parse::<Sequence>().expect("keys").keys().to_vec()
}

fn does(keymap: &Keymap, context: Context, text: &str) -> Option<&'static str> {
    match keymap.look(context, &keys(text)) {
        Lookup::Command(command) => Some(command),
        _ => None,
    }
}
