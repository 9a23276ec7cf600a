//! The thread that an item stands in, with the verdicts given in it.

/// Where.
pub const PATH: &str = "/v1/items/{id}/thread";

/// What came here of it, oldest first.
pub use crate::moderation::group::Thread as Answer;
