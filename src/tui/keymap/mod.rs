//! Which key means which command.
//!
//! Pure: no terminal, no clock. A [`Key`] is the desk's own word for a keypress; the terminal makes them, keymaps
//! name them.

mod context;
mod key;

pub use context::Context;
pub use key::{Code, Key, KeyError, Unsendable};
