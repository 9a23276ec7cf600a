//! Policies: the built-in ones, and a client's file laid over them.
//!
//! A file has a `version` and a table `[policies.CODE]` a policy. Over a built-in policy, a key left out keeps what is
//! built in, a language left out too; `enabled = false` takes the policy off the client's chooser. A new policy needs
//! a letter, a title, a text and a severity. The letter of a built-in policy cannot be changed, since fingers learn it
//! once for every client.

mod check;
mod overlay;
mod raw;

use super::mistake::Mistake;
use crate::moderation::client::Client;
use crate::moderation::policy::Policies;
use std::sync::LazyLock;

/// The built-in file, as `moddesk policy show` and whoever writes their own may read it.
pub const BUILT_IN: &str = include_str!("../policies.toml");

static RESOLVED: LazyLock<Policies> = LazyLock::new(|| {
    let (file, mistakes) = raw::read(BUILT_IN);
    assert!(mistakes.is_empty(), "the built-in policies are checked by a test: {mistakes:?}");
    overlay::lay_over(&Policies { version: String::new(), policies: Vec::new() }, file, "built-in")
});

/// The policies of a client that has no file of its own.
pub fn built_in() -> &'static Policies {
    &RESOLVED
}

/// A client's file laid over the built-in policies; the version that decisions record is `CLIENT VERSION`.
///
/// # Errors
/// Every mistake in the file, with its place.
pub fn lay_over(text: &str, client: &str) -> Result<Policies, Vec<Mistake>> {
    let (file, mut mistakes) = raw::read(text);
    mistakes.extend(check::against(&file, built_in(), text));
    if mistakes.is_empty() {
        return Ok(overlay::lay_over(built_in(), file, client));
    }
    mistakes.sort();
    mistakes.dedup();
    Err(mistakes)
}

/// The policies in force for a client.
///
/// # Errors
/// Every mistake in the client's file, with its place.
pub fn of_client(client: &Client) -> Result<Policies, Vec<Mistake>> {
    match &client.policies {
        Some(text) => lay_over(text, &client.name),
        None => Ok(built_in().clone()),
    }
}

/// Every mistake in a policy file, in the order of its lines; none means that it can be used.
pub fn check(text: &str) -> Vec<Mistake> {
    lay_over(text, "client").err().unwrap_or_default()
}

#[cfg(test)]
mod tests;
