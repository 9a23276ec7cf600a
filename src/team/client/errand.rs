//! What commands ask of a team's server, besides a desk: figures, people, items to take in.

use super::call::{Calls, Failed};
use super::ear::Feed;
use crate::desk::LineError;
use crate::team::api;
use bytes::Bytes;
use reqwest::Method;

impl Calls {
    /// How the queues stand.
    ///
    /// # Errors
    /// Where nobody answers, or this token may not ask.
    pub async fn stats(&self) -> Result<api::stats::Answer, LineError> {
        self.get(api::stats::PATH).await
    }

    /// The people.
    ///
    /// # Errors
    /// As [`Calls::stats`].
    pub async fn moderators(&self) -> Result<api::moderators::Answer, LineError> {
        self.get(api::moderators::PATH).await
    }

    /// Brings items in, an object a line. Sent twice they are `unchanged` the second time.
    ///
    /// # Errors
    /// Where they may not all have arrived, or this token may not bring any.
    pub async fn take_in(&self, lines: Bytes) -> Result<api::ingest::Answer, LineError> {
        let answer = self.json(Method::POST, api::ingest::PATH, Some(("application/x-ndjson", lines)), true).await;
        answer.map_err(|failed: Failed| failed.into())
    }

    /// Brings the bytes of a picture; `false` where no item there names it.
    ///
    /// # Errors
    /// As [`Calls::take_in`].
    pub async fn put_picture(&self, hash: &str, bytes: Vec<u8>) -> Result<bool, LineError> {
        let path = api::path(api::media::PATH, hash);
        let sent = Some(("application/octet-stream", Bytes::from(bytes)));
        match self.json::<api::media::Answer>(Method::PUT, &path, sent, true).await {
            Ok(_) => Ok(true),
            Err(Failed::Refused(refused)) if refused.status == reqwest::StatusCode::NOT_FOUND => Ok(false),
            Err(failed) => Err(failed.into()),
        }
    }

    /// What whoever signs in is not served from now on.
    ///
    /// # Errors
    /// As [`Calls::stats`].
    pub async fn put_topics(&self, topics: &api::me::Topics) -> Result<Vec<String>, LineError> {
        let answer: api::me::Topics = self.put(api::me::TOPICS, topics).await?;
        Ok(answer.topics)
    }

    /// The stream of events after a number, or from now on; `None` where it does not come.
    pub async fn feed(&self, after: Option<u64>) -> Option<Feed> {
        Feed::open(self, after).await.ok()
    }
}
