//! The keys of this desk, as updates and screens ask for them.

use crate::tui::command::names;
use crate::tui::keymap::{Code, Context, Key};
use std::collections::HashMap;

/// What every key means, and which key a command has.
#[derive(Clone, Debug)]
pub struct Bindings {
    by_key: HashMap<(Context, Key), &'static str>,
    by_name: HashMap<(Context, &'static str), Key>,
}

impl Bindings {
    /// The default keys.
    pub fn shipped() -> Self {
        let source = include_str!("../../../keymaps/default.toml");
        let table: toml::Table = source.parse().expect("the shipped keymap is tested");
        let (mut by_key, mut by_name) = (HashMap::new(), HashMap::new());
        for (place, keys) in &table {
            let Some(context) = Context::named(place) else { continue };
            for (key, name) in keys.as_table().into_iter().flatten() {
                let Some(name) = name.as_str().and_then(known) else { continue };
                let Ok(key) = key.parse::<Key>() else { continue };
                by_key.insert((context, key), name);
                by_name.entry((context, name)).or_insert(key);
            }
        }
        Self { by_key, by_name }
    }

    /// What this key means here; what holds everywhere lies under every place.
    pub fn command(&self, context: Context, key: Key) -> Option<&'static str> {
        self.by_key.get(&(context, key)).or_else(|| self.by_key.get(&(Context::Always, key))).copied()
    }

    /// The key of a command here, as it is written in a hint.
    pub fn key_of(&self, context: Context, name: &str) -> Option<String> {
        let (name, _) = names::NAMES.iter().find(|(known, _)| *known == name)?;
        let key = self.by_name.get(&(context, *name)).or_else(|| self.by_name.get(&(Context::Always, *name)))?;
        Some(written(*key))
    }

    /// The letter of a command on an item, where it has one.
    pub fn letter_of(&self, name: &'static str) -> Option<char> {
        self.by_name.get(&(Context::Desk, name)).and_then(Key::typed)
    }

    /// The key itself, for tests that press commands by name.
    pub fn press(&self, context: Context, name: &str) -> Option<Key> {
        let (name, _) = names::NAMES.iter().find(|(known, _)| *known == name)?;
        self.by_name.get(&(context, *name)).or_else(|| self.by_name.get(&(Context::Always, *name))).copied()
    }
}

fn known(name: &str) -> Option<&'static str> {
    names::NAMES.iter().find(|(known, _)| *known == name).map(|(known, _)| *known)
}

fn written(key: Key) -> String {
    match key.code {
        Code::Enter => "Enter".into(),
        Code::Esc => "Esc".into(),
        Code::Tab => "Tab".into(),
        _ => key.to_string(),
    }
}
