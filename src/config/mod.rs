//! Turns files and environment into what the program needs.
//!
//! [`raw`] mirrors the file, [`Config`] is what the program needs: what a user typed wins over the environment, which
//! wins over the file, which wins over what is shipped, and every value remembers who said it. Whatever a person
//! wrote is read whole: all mistakes are named at once, each with its line.

mod clients;
pub mod demo;
pub mod items;
pub mod login;
pub mod mistake;
pub mod near;
pub mod paths;
pub mod policies;
mod queues;
pub mod raw;
mod resolved;
pub mod secrets;
mod sheet;
mod shown;
pub mod templates;
mod typed;
mod value;

pub use crate::words::Lang;
pub use clients::ClientEntry;
pub use items::{OpenError, OpenItems, open_items};
pub use mistake::{Mistake, Mistakes};
pub use paths::Paths;
pub use queues::QueueEntry;
pub use raw::{Pictures, Reveal, Theme};
pub use resolved::{Config, ConfigError, Desk, Keymap, Server};
pub use secrets::{SecretError, Token};
pub use sheet::Found;
pub use shown::Setting;
pub use typed::{Environment, Typed};
pub use value::{Source, Valued};

#[cfg(test)]
mod tests;
