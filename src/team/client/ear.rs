//! The stream of events, listened to for as long as the desk is open: what is heard rings at the desk, which looks
//! for itself. A stream that breaks is taken up where it broke; where something is missing the desk looks at it all.

use super::call::{Calls, Shared, root};
use super::fault::Refused;
use crate::desk::LineError;
use crate::desk::line::Hints;
use crate::team::api;
use crate::team::events::{Frame, Reader};
use reqwest::header::{ACCEPT, HeaderValue};
use reqwest::{Method, StatusCode};
use std::time::Duration;
use tokio::sync::watch;

/// A stream that says nothing for so long, heartbeats included, is dead: servers send one every 20 s.
const SILENCE: Duration = Duration::from_secs(45);
const SHORTEST: Duration = Duration::from_millis(500);
const LONGEST: Duration = Duration::from_secs(8);

/// Where it rings.
pub(super) struct Bells {
    /// Something about this moderator.
    pub own: watch::Sender<u64>,
    /// Everything else.
    pub hints: watch::Sender<Hints>,
}

impl Bells {
    /// Silent ones.
    pub fn new() -> Self {
        Self { own: watch::Sender::new(0), hints: watch::Sender::new(Hints::default()) }
    }

    fn own(&self) {
        self.own.send_modify(|rung| *rung += 1);
    }

    fn hint(&self, which: impl FnOnce(&mut Hints)) {
        self.hints.send_modify(which);
    }
}

/// How a stream ended.
pub(super) enum End {
    /// It was open, and broke.
    Broke,
    /// It never came.
    Never,
    /// Not now; so many seconds.
    Later(u64),
    /// Not with this token.
    SignedOut,
}

/// Listens until nobody wants to know any more, or the token is no good.
pub(super) async fn listen(calls: Shared, bells: std::sync::Arc<Bells>, spread: u32) {
    let mut last = None;
    let mut wait = SHORTEST;
    let mut down = false;
    while !bells.own.is_closed() {
        match one(&calls, &bells, &mut last, &mut down).await {
            End::Broke => wait = SHORTEST,
            End::Never => wait = (wait * 2).min(LONGEST),
            End::Later(seconds) => wait = Duration::from_secs(seconds.clamp(1, 60)),
            End::SignedOut => return bells.own(),
        }
        if !down {
            // The desk asks for itself, and finds out how the line is.
            bells.own();
            down = true;
        }
        tokio::select! {
            () = tokio::time::sleep(wait + wait * (spread % 256) / 512) => {}
            () = bells.own.closed() => return,
        }
    }
}

async fn one(calls: &Shared, bells: &Bells, last: &mut Option<u64>, down: &mut bool) -> End {
    let mut feed = match Feed::open(calls, *last).await {
        Ok(feed) => feed,
        Err(end) => return end,
    };
    let mut greeted = false;
    while let Some(frames) = feed.next().await {
        for frame in frames {
            if !greeted && frame.kind == "hello" {
                greeted = true;
                // What happened before the first hello nobody has told; after another one it is told now.
                if last.is_none() {
                    bells.own();
                }
                if std::mem::take(down) {
                    bells.hint(|hints| hints.back += 1);
                }
            }
            ring(bells, &frame);
            *last = frame.id.or(*last);
        }
        if bells.own.is_closed() {
            break;
        }
    }
    if greeted { End::Broke } else { End::Never }
}

/// One stream of events, while it lasts.
pub struct Feed {
    response: reqwest::Response,
    reader: Reader,
}

impl Feed {
    /// Asks for everything after an event, or from now on.
    pub(super) async fn open(calls: &Calls, after: Option<u64>) -> Result<Self, End> {
        let mut request =
            calls.request(Method::GET, api::stream::PATH).header(ACCEPT, HeaderValue::from_static("text/event-stream"));
        if let Some(after) = after {
            request = request.header("last-event-id", after.to_string());
        }
        let sent = calls.clock().up();
        let response = match tokio::time::timeout(calls.patience(), request.send()).await {
            Ok(Ok(response)) => response,
            Ok(Err(error)) => {
                tracing::debug!(why = root(&error), "no stream of events");
                return Err(End::Never);
            }
            Err(_) => {
                calls.trust_no_connection();
                return Err(End::Never);
            }
        };
        calls.hear_clock(response.headers(), sent);
        let (status, headers) = (response.status(), response.headers().clone());
        if status == StatusCode::OK {
            return Ok(Self { response, reader: Reader::default() });
        }
        let body = tokio::time::timeout(calls.patience(), response.bytes()).await;
        let body = body.ok().and_then(Result::ok).unwrap_or_default();
        // Only a server of ours can say that a token is no good.
        Err(match Refused::read(status, &headers, &body).into_error(false) {
            LineError::SignedOut(_) => End::SignedOut,
            LineError::Wait(seconds) => End::Later(seconds),
            _ => End::Never,
        })
    }

    /// The next frames; `None` when the stream has ended or says nothing any more.
    pub async fn next(&mut self) -> Option<Vec<Frame>> {
        let piece = tokio::time::timeout(SILENCE, self.response.chunk()).await.ok()?.ok()??;
        Some(self.reader.read(&piece))
    }
}

fn ring(bells: &Bells, frame: &Frame) {
    match frame.kind.as_str() {
        "gap" => {
            tracing::info!(data = frame.data, "events are missing; everything is looked at anew");
            bells.own();
            bells.hint(|hints| {
                hints.items += 1;
                hints.house += 1;
                hints.messages += 1;
            });
        }
        // An event of its own tells of a message and of nothing else; what is audited, of a change of the house.
        "notice" => {
            let said: serde_json::Value = serde_json::from_str(&frame.data).unwrap_or_default();
            let message = ["notice", "doubt", "back"].iter().any(|key| said.get(key).is_some());
            if !message {
                bells.own();
            }
            bells.hint(|hints| {
                hints.messages += 1;
                hints.house += u64::from(!message);
            });
        }
        // What only supervisors hear: a question was asked, a notice was read.
        "doubt" | "read" => bells.hint(|hints| hints.messages += 1),
        "lease" | "shift" | "alert" => bells.own(),
        "waiting" => bells.hint(|hints| hints.items += 1),
        "stats" | "queue" | "moderator" => bells.hint(|hints| {
            hints.figures += 1;
            hints.house += u64::from(frame.kind == "queue");
        }),
        _ => {}
    }
}
