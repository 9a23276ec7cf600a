//! What a moderator can do, declared once.

pub mod names;
