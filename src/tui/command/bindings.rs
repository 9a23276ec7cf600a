//! The keys of this desk, as updates and screens ask for them.

use super::{Command, named, names};
use crate::text::width;
use crate::tui::keymap::{Code, Context, Key, Keymap, default};
use crate::words::{Lang, Words};
use std::collections::HashMap;
use std::sync::OnceLock;

/// What every key means, and how the key of a command is written.
#[derive(Clone, Debug)]
pub struct Bindings {
    keymap: Keymap,
    /// Written once: the hint bar asks for two dozen of them in every frame.
    written: HashMap<(Context, &'static str), String>,
    hints: [OnceLock<Vec<Hint>>; Context::ALL.len()],
}

/// A command in the hint bar.
#[derive(Clone, Debug)]
pub struct Hint {
    /// Which.
    pub command: &'static Command,
    /// Its keys, as they are written.
    pub key: String,
    /// Its word.
    pub word: String,
    /// Columns of both, with a blank between.
    pub columns: usize,
}

impl Bindings {
    /// Of a keymap that was opened.
    pub fn new(keymap: Keymap, lang: Lang) -> Self {
        let mut written = HashMap::new();
        for context in Context::ALL {
            for (name, _) in names::NAMES {
                if let Some(keys) = keymap.key_for(context, name) {
                    let keys: Vec<String> = keys.keys().iter().map(|key| spelt(*key, lang)).collect();
                    written.insert((context, *name), keys.join(" "));
                }
            }
        }
        Self { keymap, written, hints: Default::default() }
    }

    /// The default keys.
    pub fn shipped(lang: Lang) -> Self {
        Self::new(default(&names::COMMANDS), lang)
    }

    /// The keymap itself.
    pub fn keymap(&self) -> &Keymap {
        &self.keymap
    }

    /// The keys of a command here, as they are written in a hint.
    pub fn key_of(&self, context: Context, name: &'static str) -> Option<&str> {
        self.written.get(&(context, name)).map(String::as_str)
    }

    /// The hint bar of a place, the most wanted first: those of `names` that have a key there. Put together when the
    /// place is first drawn, since every frame asks for it.
    pub fn hints(&self, context: Context, names: &[&'static str], words: &Words) -> &[Hint] {
        let Some(at) = Context::ALL.iter().position(|there| *there == context) else { return &[] };
        self.hints[at].get_or_init(|| names.iter().filter_map(|name| self.hint(context, name, words)).collect())
    }

    fn hint(&self, context: Context, name: &'static str, words: &Words) -> Option<Hint> {
        let (command, key) = (named(name)?, self.key_of(context, name)?.to_owned());
        let word = words.hint(name).into_owned();
        let columns = width::of(&key) + 1 + width::of(&word);
        Some(Hint { command, key, word, columns })
    }

    /// The letter of a command on an item, where it has one.
    pub fn letter_of(&self, name: &str) -> Option<char> {
        match self.keymap.key_for(Context::Desk, name)?.keys() {
            [key] => key.typed(),
            _ => None,
        }
    }

    /// The keys to press for a command.
    pub fn keys(&self, context: Context, name: &str) -> Option<&[Key]> {
        self.keymap.key_for(context, name).map(|keys| keys.keys())
    }
}

/// A key as it stands on the reader's keyboard: `Ctrl-S`, `Maj-Tab`. A keymap's file has them in small letters.
pub fn spelt(key: Key, lang: Lang) -> String {
    let french = lang == Lang::Fr;
    let named = match key.code {
        Code::Enter => ["Enter", "Entrée"],
        Code::Esc => ["Esc", "Échap"],
        Code::Char(' ') => ["Space", "Espace"],
        Code::Up => ["↑", "↑"],
        Code::Down => ["↓", "↓"],
        Code::Left => ["←", "←"],
        Code::Right => ["→", "→"],
        Code::Tab => ["Tab", "Tab"],
        Code::Home => ["Home", "Début"],
        Code::End => ["End", "Fin"],
        Code::PageUp => ["PgUp", "PgPréc"],
        Code::PageDown => ["PgDn", "PgSuiv"],
        _ => ["", ""],
    };
    let plain = Key::plain(key.code).to_string();
    let name = match (named[usize::from(french)], key.code) {
        ("", Code::Char(_)) if key.ctrl || key.alt => plain.to_uppercase(),
        ("", Code::F(_)) => plain.to_uppercase(),
        ("", _) => plain,
        (name, _) => name.to_owned(),
    };
    let shift = if french { "Maj-" } else { "Shift-" };
    let down = [(key.ctrl, "Ctrl-"), (key.alt, "Alt-"), (key.shift, shift)];
    down.into_iter().filter_map(|(down, name)| down.then_some(name)).chain([name.as_str()]).collect()
}
