//! Keys pressed so far.

use super::{Code, Context, Key, Keymap, Lookup};

/// What a keypress came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Press {
    /// This command.
    Command(&'static str),
    /// More keys are needed; [`Pending::keys`] has those so far.
    Begun,
    /// A sequence that was begun was given up.
    Left,
    /// These keys do nothing here, and no key is silent: the screen says so.
    Unbound(Vec<Key>),
}

/// A sequence that is begun but not ended. It belongs to its place: in another one it is forgotten, so that a key
/// meant for a screen that has just gone does nothing on the next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pending {
    context: Option<Context>,
    keys: Vec<Key>,
}

impl Pending {
    /// The keys so far; empty when none is awaited.
    pub fn keys(&self) -> &[Key] {
        &self.keys
    }

    /// Takes a key. A key that ends no sequence never stands for itself alone: what comes after a mistyped beginning
    /// was not meant as a command of its own.
    pub fn press(&mut self, keymap: &Keymap, context: Context, key: Key) -> Press {
        if self.context.replace(context) != Some(context) {
            self.keys.clear();
        }
        if !self.keys.is_empty() && key == Key::plain(Code::Esc) {
            self.keys.clear();
            return Press::Left;
        }
        self.keys.push(key);
        match keymap.look(context, &self.keys) {
            Lookup::Pending(_) => Press::Begun,
            Lookup::Command(command) => {
                self.keys.clear();
                Press::Command(command)
            }
            Lookup::Unbound => Press::Unbound(std::mem::take(&mut self.keys)),
        }
    }

    /// Forgets what was begun: on a paste, a resize, the curtain.
    pub fn forget(&mut self) {
        self.keys.clear();
    }
}
