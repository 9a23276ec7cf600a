//! What commands ask of a team's server about its people, and what it keeps of their work.

use super::call::{Calls, Failed};
use crate::desk::LineError;
use crate::moderation::Person;
use crate::team::api::moderators::{Added, Answer, Change, ONE, PATH, Request, Revoked, TOKEN, TokenRequest};
use crate::team::api::{audit, decisions, path};
use reqwest::Method;

/// More than any part of the log that is asked for at once.
const LONGEST_PART: usize = 64 << 20;

/// Every call fails where nobody answers, where this token may not ask, and where the server says no.
impl Calls {
    /// Everybody.
    pub async fn people(&self) -> Result<Vec<Person>, LineError> {
        Ok(self.get::<Answer>(PATH).await?.moderators)
    }

    /// Adds somebody. Where the answer is lost, so is the token: then they are given another.
    pub async fn add_person(&self, asked: &Request) -> Result<Added, LineError> {
        Ok(self.post(PATH, asked).await?)
    }

    /// Changes what somebody may do, at once.
    pub async fn change_person(&self, name: &str, change: &Change) -> Result<Person, LineError> {
        Ok(self.put(&path(ONE, name), change).await?)
    }

    /// Gives somebody one more token.
    pub async fn give_token(&self, name: &str, asked: &TokenRequest) -> Result<Added, LineError> {
        Ok(self.post(&path(TOKEN, name), asked).await?)
    }

    /// Revokes somebody's tokens, at once; how many.
    pub async fn revoke_tokens(&self, name: &str) -> Result<u64, LineError> {
        let gone: Result<Revoked, Failed> = self.json(Method::DELETE, &path(TOKEN, name), None, true).await;
        Ok(gone?.revoked)
    }

    /// A part of what was decided, oldest first.
    pub async fn decisions(&self, asked: &decisions::Query) -> Result<decisions::Answer, LineError> {
        let decisions::Query { since, until, names, after, limit } = asked;
        let mut place = format!("{}?names={names}&after={after}", decisions::PATH);
        for (name, moment) in [("since", since), ("until", until)] {
            if let Some(moment) = moment {
                place.push_str(&format!("&{name}={moment}"));
            }
        }
        if let Some(limit) = limit {
            place.push_str(&format!("&limit={limit}"));
        }
        self.get(&place).await
    }

    /// A part of the log, an entry a line, as the server writes it: its hashes are over these bytes.
    pub async fn audit(&self, after: u64, limit: u64) -> Result<Vec<u8>, LineError> {
        let place = format!("{}?after={after}&limit={limit}", audit::PATH);
        Ok(self.bytes(&place, LONGEST_PART).await?.unwrap_or_default())
    }
}
