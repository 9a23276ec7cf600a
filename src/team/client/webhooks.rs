//! What an administrator's commands ask of a team's server about webhooks.

use super::call::Calls;
use crate::desk::LineError;
use crate::moderation::webhook::{Replay, Replayed, WebhookNow};
use crate::team::api::webhooks::{Added, Answer, Change, ONE, One, PATH, REPLAY, Request};
use crate::team::api::{Done, path};
use reqwest::Method;

impl Calls {
    /// All of them.
    ///
    /// # Errors
    /// Where nobody answers, or this token may not ask.
    pub async fn webhooks(&self) -> Result<Answer, LineError> {
        self.get(PATH).await
    }

    /// One, and what has not arrived.
    ///
    /// # Errors
    /// As [`Calls::webhooks`].
    pub async fn webhook(&self, name: &str) -> Result<One, LineError> {
        self.get(&path(ONE, name)).await
    }

    /// Makes one. Where the answer is lost, so is the secret: then it is removed and made again.
    ///
    /// # Errors
    /// As [`Calls::webhooks`].
    pub async fn add_webhook(&self, asked: &Request) -> Result<Added, LineError> {
        Ok(self.post(PATH, asked).await?)
    }

    /// Changes one.
    ///
    /// # Errors
    /// As [`Calls::webhooks`].
    pub async fn change_webhook(&self, name: &str, change: &Change) -> Result<WebhookNow, LineError> {
        let body = serde_json::to_vec(change).map_err(|error| LineError::Refused(error.to_string()))?;
        let sent = Some(("application/json", body.into()));
        Ok(self.json(Method::PUT, &path(ONE, name), sent, true).await?)
    }

    /// Takes one away.
    ///
    /// # Errors
    /// As [`Calls::webhooks`].
    pub async fn remove_webhook(&self, name: &str) -> Result<Done, LineError> {
        Ok(self.json(Method::DELETE, &path(ONE, name), None, true).await?)
    }

    /// Sends again what has not arrived.
    ///
    /// # Errors
    /// As [`Calls::webhooks`].
    pub async fn replay_webhook(&self, name: &str, what: &Replay) -> Result<Replayed, LineError> {
        Ok(self.post(&path(REPLAY, name), what).await?)
    }
}
