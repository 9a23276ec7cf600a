//! The house as a supervisor sees it, at most two seconds old.

/// Where.
pub const PATH: &str = "/v1/floor";

pub use crate::moderation::floor::FloorNow as Answer;
