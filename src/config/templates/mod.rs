//! Prepared replies: a client's file of templates, channel limits and the questions that lead to them.
//!
//! ```toml
//! [limits]
//! tweet = 280
//!
//! [templates.expert-delay]
//! title = { en = "Expert is late", fr = "Expert en retard" }
//! text.fr = "Bonjour {{author}}, envoyez-nous {{ask: n° de dossier}}. ^{{moderator}}"
//!
//! [tree]
//! start = "what"
//! [tree.questions.what]
//! ask = { en = "About what?", fr = "À propos de quoi ?" }
//! answers = [{ key = "e", say = { en = "the expert", fr = "l’expert" }, template = "expert-delay" }]
//! ```

mod raw;
mod walk;

use super::mistake::Mistake;
use crate::moderation::Client;
use crate::moderation::policy::Policies;
use crate::moderation::template::Replies;

/// Reads a client's file.
///
/// # Errors
/// Every mistake in the file, with its place.
pub fn read(text: &str, client: &str) -> Result<Replies, Vec<Mistake>> {
    let (replies, mistakes) = raw::read(text, client, None);
    if mistakes.is_empty() { Ok(replies) } else { Err(mistakes) }
}

/// The prepared replies of a client; none where it has no file, or one with mistakes: a desk never stops for that,
/// and whoever brings the file in is told.
pub fn of_client(client: &Client) -> Replies {
    client.templates.as_ref().and_then(|text| read(text, &client.name).ok()).unwrap_or_default()
}

/// Every mistake in a file of replies, in the order of its lines; with the client's policies, also policies that do
/// not exist.
pub fn check(text: &str, policies: Option<&Policies>) -> Vec<Mistake> {
    raw::read(text, "client", policies).1
}

#[cfg(test)]
mod tests;
