//! A supervisor's last word: overturns and decides in one act, with a reason.

/// Where.
pub const PATH: &str = "/v1/overrides";

pub use crate::moderation::floor::{Answered as Answer, Override as Request};
