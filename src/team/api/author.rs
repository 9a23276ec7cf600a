//! What this queue knows of an author.

pub use crate::moderation::author::AuthorFigures as Answer;

/// Where.
pub const PATH: &str = "/v1/authors/{id}";
