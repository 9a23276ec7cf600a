//! The moderator's desk as a full screen.
//!
//! The Elm way: one thread owns the model, every event becomes a message, and a frame is drawn because something
//! changed. [`term`] is the only place that knows there is a terminal; [`theme`] is the only place that knows colours.

mod app;
pub mod command;
pub mod effect;
pub mod keymap;
pub mod model;
pub mod msg;
pub mod say;
pub mod term;
pub mod theme;
pub mod update;
pub mod view;
pub mod watch;
pub mod widget;

pub use crate::desk::Settings;
pub use app::{AppError, Ended, Face, Inbox, run};
