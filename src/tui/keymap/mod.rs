//! Which key means which command.
//!
//! A keymap is a file: a table for each [`Context`], in it keys and the names of commands. The shipped ones lie over
//! `default.toml`, a user's own lies over any of them. [`open()`] reads one and always comes back with a keymap to work
//! with: where something is wrong, each mistake is named with its file and line, and the default stands in.
//!
//! Pure: no terminal, no clock, no file that is not handed in. A [`Key`] is the desk's own word for a keypress; the
//! terminal makes them, keymaps name them.

mod context;
mod finding;
mod key;
mod layers;
mod open;
mod pending;
mod sequence;
mod sheet;
mod table;

#[cfg(test)]
#[path = "tests/mod.rs"]
mod tests;

pub use context::Context;
pub use finding::{Finding, Problem};
pub use key::{Code, Key, KeyError, Unsendable};
pub use open::{Opened, SHIPPED, check, default, open};
pub use pending::{Pending, Press};
pub use sequence::Sequence;
pub use table::{Bound, Keymap, Lookup};

/// What keymaps are checked against.
#[derive(Clone, Copy, Debug)]
pub struct Commands {
    /// Every command's name and where it applies.
    pub names: &'static [(&'static str, &'static [Context])],
    /// What must have a key in every keymap.
    pub needed: &'static [(Context, &'static str)],
}
