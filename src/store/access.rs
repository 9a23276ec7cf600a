//! Who may sign in: tokens, shown once and kept as a hash, and what every server of a team has to know of them.

use super::audit::hex;
use crate::moderation::Person;
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use std::fmt;

/// What every token begins with, so that one that leaked can be found by a search.
pub const PREFIX: &str = "mdk_";

/// How many random bytes a token has: nobody guesses 256 bits, which is why a plain hash is enough to keep them.
const SECRET: usize = 32;

/// The SHA-256 of a token: all that is ever stored of it.
pub type Digest32 = [u8; 32];

/// A token that nobody has yet. It is shown once and has no `Debug` of its content.
pub struct NewToken(String);

impl NewToken {
    /// Mints one from the system's randomness.
    ///
    /// # Errors
    /// Where the system has no randomness to give; then nothing may be handed out.
    pub fn mint() -> super::Result<Self> {
        let mut secret = [0u8; SECRET];
        getrandom::fill(&mut secret)
            .map_err(|error| super::StoreError::Engine(format!("the system gives no random bytes ({error})")))?;
        Ok(Self(format!("{PREFIX}{}", hex(&secret))))
    }

    /// What its owner keeps.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What the store keeps.
    pub fn digest(&self) -> Digest32 {
        digest(&self.0)
    }
}

impl fmt::Debug for NewToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NewToken(…)")
    }
}

/// The hash by which a token is known.
pub fn digest(token: &str) -> Digest32 {
    Sha256::digest(token.as_bytes()).into()
}

/// Whether two hashes are the same, in a time that does not depend on where they differ.
pub fn same(one: &Digest32, other: &Digest32) -> bool {
    let differ = one.iter().zip(other).fold(0u8, |differ, (a, b)| differ | (a ^ b));
    std::hint::black_box(differ) == 0
}

/// One token as kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeptToken {
    /// Its hash.
    pub digest: Digest32,
    /// From when on it is no good any more; `None` means never.
    pub expires_at: Option<Timestamp>,
}

/// A person with all their tokens, as of one change. Servers keep these in memory and ask only for what has changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Access {
    /// The number of the change; in the order of commits.
    pub seq: u64,
    /// Who, with roles and whether they may sign in at all.
    pub person: Person,
    /// Every token that is not revoked.
    pub tokens: Vec<KeptToken>,
}

/// What somebody wants to look at, which only those may who have it in their hands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held<'a> {
    /// An item leased to them now.
    Item(&'a str),
    /// The author of an item leased to them now, unless that author is shut to them.
    Author(&'a str),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_256_random_bits_and_never_shown_by_accident() {
        let (one, other) = (NewToken::mint().expect("randomness"), NewToken::mint().expect("randomness"));
        assert_eq!(one.reveal().len(), PREFIX.len() + 2 * SECRET);
        assert_ne!(one.reveal(), other.reveal());
        assert!(!format!("{one:?}").contains(&one.reveal()[PREFIX.len()..]));
        assert!(same(&one.digest(), &digest(one.reveal())));
        assert!(!same(&one.digest(), &other.digest()));
    }
}
