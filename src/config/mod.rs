//! Turns files and environment into what the program needs.

pub mod mistake;
pub mod near;
pub mod policies;
mod sheet;

pub use mistake::{Mistake, Mistakes};
