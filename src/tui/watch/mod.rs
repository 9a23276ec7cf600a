//! The supervisor's screen: the house live, and stepping in by keys.
//!
//! The same way as the desk: one thread owns the model, every event is a message, `update` is pure, and a frame is
//! drawn because something changed. Its door is [`crate::desk::Floor`]. It shares terminal, keymaps, themes and words
//! with the desk, and nothing else: a supervisor decides nothing by one key.

mod app;
pub mod command;
pub mod model;
pub mod msg;
pub mod update;
pub mod view;

pub use app::{Ended, Face, Inbox, run};
pub use model::{Model, Settings};
