//! Tokens given and revoked.

use super::Keeper;
use super::log::Entry;
use super::shelf::Shelf;
use crate::store::access::KeptToken;
use crate::store::{Result, StoreError};
use serde_json::{Value, json};

impl<S: Shelf> Keeper<S> {
    pub(in crate::store) fn add_token(&mut self, name: &str, token: &KeptToken, by: &str) -> Result<()> {
        let (person, pseudonym) = self.whoever(name)?;
        self.shelf.put_token(person, token, self.micros)?;
        let detail = json!({"expires_at": token.expires_at});
        self.access_changed(person, &pseudonym, "moderator.token", detail, by)
    }

    pub(in crate::store) fn revoke_tokens(&mut self, name: &str, by: &str) -> Result<u64> {
        let (person, pseudonym) = self.whoever(name)?;
        let gone = self.shelf.drop_tokens(person)?;
        if gone > 0 {
            self.access_changed(person, &pseudonym, "moderator.revoked", json!({"tokens": gone}), by)?;
        }
        Ok(gone)
    }

    /// Whoever exists, enabled or not: a token can be taken from somebody who may not sign in.
    fn whoever(&self, name: &str) -> Result<(i64, String)> {
        let found = self.hot.person_ids.get(name).and_then(|id| Some((*id, self.hot.people.get(id)?)));
        found.map(|(id, person)| (id, person.pseudonym.clone())).ok_or_else(|| StoreError::Unknown {
            what: "moderator",
            name: name.to_owned(),
            hint: "`moddesk moderator list` lists them",
        })
    }

    fn access_changed(&mut self, person: i64, subject: &str, action: &str, detail: Value, by: &str) -> Result<()> {
        let actor = self.actor(by);
        let seq = self.audit(&Entry { actor: &actor, action, subject, detail, ..Entry::default() })?;
        self.mark_access(person, seq)
    }

    /// Says that servers have to read a person's rights anew.
    pub(in crate::store) fn mark_access(&self, person: i64, seq: i64) -> Result<()> {
        self.shelf.mark_access(person, seq)
    }
}
