//! One message to one receiver: signed, sent once, and what came of it. Nothing that the receiver says is kept.

use super::address::{PRIVATE, Public, wrong_address};
use crate::moderation::Webhook;
use crate::moderation::webhook::Came;
use crate::store::outgoing::{HookSecret, Outgoing};
use crate::team::server::limits::Limits;
use jiff::Timestamp;
use jiff::fmt::rfc2822;
use reqwest::header::{CONTENT_TYPE, HeaderMap, RETRY_AFTER};
use reqwest::{Client, Response, StatusCode};
use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

/// What is read of an answer, so that its connection can be used again; more is not waited for.
const ANSWER: usize = 64 << 10;
const ANSWER_TIME: Duration = Duration::from_secs(1);
const CONNECT: Duration = Duration::from_secs(5);

/// The way out.
pub(super) struct Sender {
    http: Client,
    to_private: bool,
}

impl Sender {
    pub(super) fn new(limits: &Limits) -> Result<Self, reqwest::Error> {
        let mut builder = Client::builder()
            .connect_timeout(CONNECT.min(limits.webhook_time))
            .timeout(limits.webhook_time)
            // A message is for the address that it was signed for; and another could lie inside.
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .user_agent(concat!("moddesk/", env!("CARGO_PKG_VERSION")));
        if !limits.webhooks_to_private {
            builder = builder.dns_resolver(Arc::new(Public));
        }
        Ok(Self { http: builder.build()?, to_private: limits.webhooks_to_private })
    }

    /// Sends it once. `now` is the queue's.
    pub(super) async fn send(
        &self,
        webhook: &Webhook,
        secret: &HookSecret,
        message: &Outgoing,
        now: Timestamp,
    ) -> Came {
        let failed = |error: String| Came::Failed { error, after: None, gone: false };
        if let Some(why) = wrong_address(&webhook.url, self.to_private) {
            return failed(why);
        }
        let seconds = now.as_second();
        let request = self
            .http
            .post(&webhook.url)
            .header(CONTENT_TYPE, "application/json")
            .header("webhook-id", &message.id)
            .header("webhook-timestamp", seconds.to_string())
            .header("webhook-signature", secret.sign(&message.id, seconds, &message.body))
            .body(message.body.clone());
        match request.send().await {
            Ok(mut response) => {
                let came = read(response.status(), response.headers(), now);
                let _ = tokio::time::timeout(ANSWER_TIME, drain(&mut response)).await;
                came
            }
            Err(error) => failed(why(&error)),
        }
    }
}

async fn drain(response: &mut Response) {
    let mut left = ANSWER;
    while let Ok(Some(piece)) = response.chunk().await
        && piece.len() < left
    {
        left -= piece.len();
    }
}

/// What an answer means: anything but a 2xx is a failure.
fn read(status: StatusCode, headers: &HeaderMap, now: Timestamp) -> Came {
    if status.is_success() {
        return Came::Arrived;
    }
    let error = match status.as_u16() {
        410 => "the receiver says that it is gone (410)".to_owned(),
        code if status.is_redirection() => format!("the receiver redirects ({code}); give the address it leads to"),
        code => format!("the receiver answers {code}"),
    };
    let asked = headers.get(RETRY_AFTER).and_then(|after| after.to_str().ok());
    Came::Failed { error, after: asked.and_then(|asked| after(asked, now)), gone: status == StatusCode::GONE }
}

/// `Retry-After`: seconds, or a moment.
fn after(asked: &str, now: Timestamp) -> Option<Duration> {
    if let Ok(seconds) = asked.trim().parse::<u64>() {
        return Some(Duration::from_secs(seconds));
    }
    // The moment of HTTP is that of mail, but for the name of its zone.
    let at = rfc2822::parse(asked.trim()).ok()?.timestamp();
    Duration::try_from(at.duration_since(now)).ok()
}

/// In words, without the address: it may hold what only the receiver should know.
fn why(error: &reqwest::Error) -> String {
    if error.is_timeout() {
        return "the receiver does not answer in time".into();
    }
    let mut cause: &dyn Error = error;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    let text = cause.to_string();
    if text == PRIVATE {
        return text;
    }
    let text = crate::text::scrub::log(&text);
    let words = text.split_once(" (os error").map_or(text.as_str(), |(words, _)| words);
    let what = if error.is_connect() { "the receiver cannot be reached" } else { "the line to the receiver broke" };
    format!("{what} ({})", words.chars().take(200).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receiver_may_ask_for_time_in_seconds_or_by_the_clock() {
        let now: Timestamp = "2026-11-22T08:00:00Z".parse().expect("a time");
        assert_eq!(after("120", now), Some(Duration::from_secs(120)));
        assert_eq!(after("Sun, 22 Nov 2026 08:01:00 GMT", now), Some(Duration::from_secs(60)));
        assert_eq!(after("Sun, 22 Nov 2026 07:00:00 GMT", now), None, "what is over asks for nothing");
        assert_eq!(after("soon", now), None);
    }
}
