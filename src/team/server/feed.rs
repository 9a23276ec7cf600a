//! One stream of events, from its hello to its end.

use super::call::Call;
use super::hub::{Ear, Hub, Listening, Mailbox, Told};
use super::refuse::{Answer, Refuse};
use crate::moderation::Role;
use crate::team::api::Code;
use crate::team::api::stream::{Gap, Hello};
use crate::team::events::{Frame, HEARTBEAT};
use axum::body::Body;
use axum::http::{HeaderValue, Response, header};
use bytes::{Bytes, BytesMut};
use futures_util::stream;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;
use tokio::sync::watch;

struct Feed {
    house: Arc<super::house::House>,
    hub: Arc<Hub>,
    mailbox: Arc<Mailbox>,
    first: Option<Bytes>,
    last: u64,
    gone: watch::Receiver<bool>,
    stop: watch::Receiver<bool>,
    heartbeat: Duration,
}

impl Drop for Feed {
    fn drop(&mut self) {
        self.hub.leave(&self.mailbox);
        self.house.metrics.streams.fetch_sub(1, Relaxed);
    }
}

/// Opens a stream; `Last-Event-ID` resumes after that number.
pub(super) async fn events(call: Call) -> Answer<Response<Body>> {
    let last = match call.headers.get("last-event-id") {
        None => None,
        Some(said) => Some(
            said.to_str()
                .ok()
                .and_then(|said| said.trim().parse().ok())
                .ok_or_else(|| Refuse::new(Code::BadRequest, "Last-Event-ID must be the number of an event"))?,
        ),
    };
    let Some(signed) = call.signed.clone() else {
        return Err(Refuse::new(Code::NotSignedIn, "this call needs a token"));
    };
    let ear = Ear { supervisor: call.may(Role::Supervisor), moderator: call.may(Role::Moderator) };
    let house = Arc::clone(&call.house);
    let listening = house.hub.listen(Arc::clone(&signed.person), ear, last).await?;
    house.metrics.streams.fetch_add(1, Relaxed);
    let (first, last) = beginning(&listening, house.now());
    let feed = Feed {
        hub: Arc::clone(&house.hub),
        mailbox: listening.mailbox,
        first: Some(first),
        last,
        gone: signed.gone(),
        stop: house.stop.subscribe(),
        heartbeat: house.limits.heartbeat,
        house,
    };
    let pieces = stream::unfold(feed, |mut feed| async move { feed.next().await.map(|piece| (piece, feed)) });
    let mut response = Response::new(Body::from_stream(futures_util::StreamExt::map(pieces, Ok::<_, std::io::Error>)));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert("x-accel-buffering", HeaderValue::from_static("no"));
    Ok(response)
}

fn frame<T: serde::Serialize>(kind: &str, id: Option<u64>, data: &T) -> String {
    let data = serde_json::to_string(data).expect("what a stream says of itself is always JSON");
    Frame { id, kind: kind.into(), data }.write()
}

/// The hello, what was missed, and the number of the last of it.
fn beginning(listening: &Listening, at: jiff::Timestamp) -> (Bytes, u64) {
    let mut wire = String::from("retry: 2000\n\n");
    if let Some((after, until)) = listening.gap {
        wire.push_str(&frame("gap", Some(until), &Gap { after, until }));
    }
    wire.push_str(&frame("hello", Some(listening.after), &Hello { after: listening.after, at }));
    let mut wire = BytesMut::from(wire.as_bytes());
    let last = written(&mut wire, listening.backlog.iter(), listening.after);
    (wire.freeze(), last)
}

fn written<'a>(wire: &mut BytesMut, frames: impl Iterator<Item = &'a Arc<Told>>, mut last: u64) -> u64 {
    for told in frames {
        if let Some(seq) = told.seq {
            if seq <= last {
                continue;
            }
            last = seq;
        }
        wire.extend_from_slice(&told.wire);
    }
    last
}

impl Feed {
    /// The next piece; `None` ends the stream: the server stops, or the token is gone.
    async fn next(&mut self) -> Option<Bytes> {
        if *self.gone.borrow() || *self.stop.borrow() {
            return None;
        }
        if let Some(first) = self.first.take() {
            return Some(first);
        }
        loop {
            let (frames, overflowed) = self.mailbox.take();
            let mut wire = BytesMut::new();
            if overflowed {
                let until = frames.iter().find_map(|told| told.seq).map_or(self.last, |seq| seq.saturating_sub(1));
                let gap = Gap { after: self.last, until };
                wire.extend_from_slice(frame("gap", Some(until), &gap).as_bytes());
            }
            self.last = written(&mut wire, frames.iter(), self.last);
            if !wire.is_empty() {
                return Some(wire.freeze());
            }
            let mailbox = Arc::clone(&self.mailbox);
            tokio::select! {
                () = mailbox.rings.notified() => {}
                () = tokio::time::sleep(self.heartbeat) => return Some(Bytes::from_static(HEARTBEAT.as_bytes())),
                _ = self.gone.wait_for(|gone| *gone) => return None,
                _ = self.stop.wait_for(|stop| *stop) => return None,
            }
        }
    }
}
