//! Which key means what: the keymap in force.

use super::{Context, Key, Sequence};
use std::sync::Arc;

/// One key of a place and what it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bound {
    /// The keys to press.
    pub keys: Sequence,
    /// The command's name.
    pub command: &'static str,
    /// The file that says so.
    pub file: Arc<str>,
    /// In this line.
    pub line: usize,
    /// Of several keys for one command, the lowest is the one to show.
    pub(super) rank: usize,
}

/// What keys mean so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lookup<'a> {
    /// This command.
    Command(&'static str),
    /// The beginning of these, which are never empty.
    Pending(&'a [Bound]),
    /// Nothing.
    Unbound,
}

/// A keymap that can be used: sound, complete, and laid over what it inherits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keymap {
    name: Arc<str>,
    /// By place, sorted by keys, so that all that begin alike stand together.
    places: Vec<(Context, Vec<Bound>)>,
}

impl Keymap {
    pub(super) fn new(name: Arc<str>, mut places: Vec<(Context, Vec<Bound>)>) -> Self {
        for (_, bound) in &mut places {
            bound.sort_by(|one, other| one.keys.cmp(&other.keys));
        }
        Self { name, places }
    }

    /// Its name, or its file.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What these keys, pressed one after another, mean in this place. What is bound everywhere is in every place.
    pub fn look(&self, context: Context, keys: &[Key]) -> Lookup<'_> {
        let bound = self.place(context);
        let from = bound.partition_point(|bound| bound.keys.keys() < keys);
        let alike = bound[from..].iter().take_while(|bound| bound.keys.keys().starts_with(keys)).count();
        match &bound[from..from + alike] {
            [] => Lookup::Unbound,
            _ if keys.is_empty() => Lookup::Unbound,
            [one] if one.keys.keys() == keys => Lookup::Command(one.command),
            more => Lookup::Pending(more),
        }
    }

    /// The key to show for a command in this place.
    pub fn key_for(&self, context: Context, command: &str) -> Option<&Sequence> {
        let bound = self.place(context).iter().filter(|bound| bound.command == command);
        bound.min_by_key(|bound| bound.rank).map(|bound| &bound.keys)
    }

    /// All keys for a command in this place, the one to show first.
    pub fn keys_for(&self, context: Context, command: &str) -> Vec<&Sequence> {
        let mut bound: Vec<&Bound> = self.place(context).iter().filter(|bound| bound.command == command).collect();
        bound.sort_by_key(|bound| bound.rank);
        bound.into_iter().map(|bound| &bound.keys).collect()
    }

    /// Everything that is bound in this place, as the files have it: a user's own first.
    pub fn bound(&self, context: Context) -> Vec<&Bound> {
        let mut bound: Vec<&Bound> = self.place(context).iter().collect();
        bound.sort_by_key(|bound| bound.rank);
        bound
    }

    fn place(&self, context: Context) -> &[Bound] {
        self.places.iter().find(|(known, _)| *known == context).map_or(&[], |(_, bound)| bound)
    }
}
