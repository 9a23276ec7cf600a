//! One call to the server: sent, waited for as long as this line deserves, sent once more where it was cut.
//!
//! Every call of this interface may be sent twice: decisions, reversals and alerts carry their ids, a claim says what
//! the desk has, and what was handed back cannot be handed back again. So a connection that broke costs one more
//! attempt at once; whatever fails then is the desk's to try again, with its own patience.

use super::clock::QueueClock;
use super::fault::Refused;
use crate::desk::LineError;
use crate::team::api;
use bytes::{Bytes, BytesMut};
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
use reqwest::{Method, StatusCode};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::error::Error;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant};

/// Never less patience than this: a server's disk may be slow.
const LEAST: Duration = Duration::from_secs(5);
/// Never more: a line that is dead half-way says nothing, and the moderator is told sooner.
const MOST: Duration = Duration::from_secs(20);
const CONNECT: Duration = Duration::from_secs(10);
/// Bytes a second that the narrowest line still carries.
const NARROWEST: usize = 16 << 10;
/// More than the largest answer: twenty items at their limits.
const LARGEST: usize = 256 << 20;

/// Where a team's server is, and what signs in there.
#[derive(Clone)]
pub struct Place {
    /// `https://queue.example`, without a slash at its end.
    pub url: String,
    /// The token.
    pub token: String,
    /// Further authorities to trust, PEM.
    pub authorities: Option<Vec<u8>>,
    /// How long to wait for an answer at least.
    pub least_wait: Duration,
}

impl Place {
    /// A server and a token, trusted as the system trusts.
    pub fn new(url: impl Into<String>, token: impl Into<String>) -> Self {
        Self { url: url.into(), token: token.into(), authorities: None, least_wait: LEAST }
    }
}

/// Why an answer did not come.
pub(super) enum Failed {
    /// The line, or somebody else on it.
    Line(LineError),
    /// The server says no.
    Refused(Refused),
}

impl From<Failed> for LineError {
    fn from(failed: Failed) -> Self {
        match failed {
            Failed::Line(error) => error,
            Failed::Refused(refused) => refused.into_error(true),
        }
    }
}

/// How an attempt broke.
enum Lost {
    /// It never left.
    Unsent(String),
    /// The connection broke before the answer was whole.
    Cut(String),
    /// Nothing came in time: nobody may be there at all.
    Late,
}

type Answered = (StatusCode, HeaderMap, Bytes);

/// What is sent: the media type and the bytes.
pub(super) type Sent = (&'static str, Bytes);

/// All calls to one server, by one person.
pub struct Calls {
    place: Place,
    http: RwLock<reqwest::Client>,
    clock: QueueClock,
    trip: Mutex<Option<Duration>>,
}

impl Calls {
    /// Nothing is sent yet.
    ///
    /// # Errors
    /// Where the token, the address or the authorities cannot be used.
    pub fn new(place: Place, clock: QueueClock) -> Result<Self, LineError> {
        let http = RwLock::new(client(&place)?);
        Ok(Self { place, http, clock, trip: Mutex::default() })
    }

    /// The same, with connections of its own: they belong to the runtime they were made in.
    ///
    /// # Errors
    /// As [`Calls::new`].
    pub fn anew(&self) -> Result<Self, LineError> {
        let trip = *self.trip.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(Self { trip: Mutex::new(trip), ..Self::new(self.place.clone(), self.clock.clone())? })
    }

    /// Where the server is.
    pub fn url(&self) -> &str {
        &self.place.url
    }

    /// The clock that these calls set.
    pub fn clock(&self) -> &QueueClock {
        &self.clock
    }

    /// Asks for something; changes nothing.
    pub(super) async fn get<A: DeserializeOwned>(&self, path: &str) -> Result<A, LineError> {
        self.json(Method::GET, path, None, false).await.map_err(|failed| match failed {
            Failed::Line(error) => error,
            Failed::Refused(refused) => refused.into_error(false),
        })
    }

    /// Asks for a file, up to so many bytes; `None` where there is none.
    pub(super) async fn bytes(&self, path: &str, most: usize) -> Result<Option<Vec<u8>>, LineError> {
        let answered = self.twice(&Method::GET, path, None, false).await;
        let (status, headers, answer) = answered.map_err(LineError::from)?;
        match status {
            StatusCode::NOT_FOUND => Ok(None),
            _ if !status.is_success() => Err(Refused::read(status, &headers, &answer).into_error(false)),
            _ if answer.len() > most => Err(LineError::Refused("the file is larger than any of ours".into())),
            _ => Ok(Some(answer.into())),
        }
    }

    /// Changes something.
    pub(super) async fn post<Q: Serialize, A: DeserializeOwned>(&self, path: &str, asked: &Q) -> Result<A, Failed> {
        let body = serde_json::to_vec(asked).map_err(|error| Failed::Line(LineError::Refused(error.to_string())))?;
        self.json(Method::POST, path, Some(("application/json", body.into())), true).await
    }

    /// Sets something.
    pub(super) async fn put<Q: Serialize, A: DeserializeOwned>(&self, path: &str, asked: &Q) -> Result<A, Failed> {
        let body = serde_json::to_vec(asked).map_err(|error| Failed::Line(LineError::Refused(error.to_string())))?;
        self.json(Method::PUT, path, Some(("application/json", body.into())), true).await
    }

    /// One call whose answer is JSON.
    pub(super) async fn json<A: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        body: Option<Sent>,
        changes: bool,
    ) -> Result<A, Failed> {
        let (status, headers, answer) = self.twice(&method, path, body.as_ref(), changes).await?;
        if !status.is_success() {
            return Err(Failed::Refused(Refused::read(status, &headers, &answer)));
        }
        serde_json::from_slice(&answer).map_err(|_| {
            let why = "what answers there is no moddesk server, or a newer one".to_owned();
            Failed::Line(if changes { LineError::Unsure(why) } else { LineError::Down(why) })
        })
    }

    /// Once, and where the connection was cut at once again on another.
    async fn twice(&self, method: &Method, path: &str, body: Option<&Sent>, changes: bool) -> Result<Answered, Failed> {
        let mut left = false;
        let lost = |why: String, left: bool| {
            Failed::Line(if changes && left { LineError::Unsure(why) } else { LineError::Down(why) })
        };
        for last in [false, true] {
            match self.once(method, path, body).await {
                Ok(answered) => return Ok(answered),
                Err(Lost::Unsent(why)) => return Err(lost(why, left)),
                Err(Lost::Cut(why)) if last => return Err(lost(why, true)),
                Err(Lost::Cut(_)) => left = true,
                Err(Lost::Late) => {
                    self.trust_no_connection();
                    return Err(lost("no answer in time".into(), true));
                }
            }
        }
        Err(lost("the line broke twice".into(), true))
    }

    async fn once(&self, method: &Method, path: &str, body: Option<&Sent>) -> Result<Answered, Lost> {
        let mut wait = self.patience();
        let mut request = self.request(method.clone(), path);
        if let Some((kind, body)) = body {
            wait += Duration::from_secs((body.len() / NARROWEST) as u64);
            request = request.header(CONTENT_TYPE, HeaderValue::from_static(kind)).body(body.clone());
        }
        let (sent, began) = (self.clock.up(), Instant::now());
        let late = |_| Lost::Late;
        let mut response =
            tokio::time::timeout(wait, request.send()).await.map_err(late)?.map_err(|error| lost(&error))?;
        self.took(began.elapsed());
        self.hear_clock(response.headers(), sent);
        let (status, headers) = (response.status(), response.headers().clone());
        let mut answer = BytesMut::new();
        // Each piece has this long: a large answer on a narrow line is slow, not late.
        while let Some(piece) =
            tokio::time::timeout(wait, response.chunk()).await.map_err(late)?.map_err(|error| lost(&error))?
        {
            if answer.len() + piece.len() > LARGEST {
                return Err(Lost::Cut("the answer is larger than any of ours".into()));
            }
            answer.extend_from_slice(&piece);
        }
        Ok((status, headers, answer.freeze()))
    }

    /// A request with the token, to be sent by the caller.
    pub(super) fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        let http = self.http.read().unwrap_or_else(PoisonError::into_inner).clone();
        http.request(method, format!("{}{path}", self.place.url)).bearer_auth(&self.place.token)
    }

    /// Takes the time from an answer whose call left at `sent`.
    pub(super) fn hear_clock(&self, headers: &HeaderMap, sent: Duration) {
        if let Some(at) = headers.get(api::AT).and_then(|at| at.to_str().ok()?.parse().ok()) {
            self.clock.heard(at, sent);
        }
    }

    /// How long to wait for a sign of life.
    pub(super) fn patience(&self) -> Duration {
        let trip = *self.trip.lock().unwrap_or_else(PoisonError::into_inner);
        let least = self.place.least_wait;
        // A first answer may take twice as long: nothing is known of this line yet.
        trip.map_or(least * 2, |trip| (least / 2 + trip * 8).clamp(least, MOST.max(least)))
    }

    fn took(&self, took: Duration) {
        let mut trip = self.trip.lock().unwrap_or_else(PoisonError::into_inner);
        *trip = Some(trip.map_or(took, |before| (before * 7 + took) / 8));
    }

    /// A connection that does not answer is dead half-way, maybe all of them: the next call makes a new one.
    pub(super) fn trust_no_connection(&self) {
        if let Ok(fresh) = client(&self.place) {
            *self.http.write().unwrap_or_else(PoisonError::into_inner) = fresh;
        }
    }
}

fn client(place: &Place) -> Result<reqwest::Client, LineError> {
    let unusable =
        |what: &str| LineError::Refused(format!("{what} cannot be used; check [server] in the configuration"));
    let mut builder = reqwest::Client::builder()
        .connect_timeout(CONNECT)
        .tcp_nodelay(true)
        .tcp_keepalive(Duration::from_secs(30))
        .http2_keep_alive_interval(Duration::from_secs(10))
        .http2_keep_alive_timeout(Duration::from_secs(10))
        // A token follows nobody to another address.
        .redirect(reqwest::redirect::Policy::none())
        .user_agent(concat!("moddesk/", env!("CARGO_PKG_VERSION")));
    for authority in place.authorities.iter() {
        let authorities =
            reqwest::Certificate::from_pem_bundle(authority).map_err(|_| unusable("the ca_file is no PEM and"))?;
        for authority in authorities {
            builder = builder.add_root_certificate(authority);
        }
    }
    builder.build().map_err(|_| unusable("this machine's TLS"))
}

fn lost(error: &reqwest::Error) -> Lost {
    let why = root(error);
    match error.is_connect() || error.is_builder() {
        true => Lost::Unsent(why),
        false => Lost::Cut(why),
    }
}

/// The innermost reason, without the address.
pub fn root(error: &reqwest::Error) -> String {
    let mut cause: &dyn Error = error;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    let text = crate::text::scrub::log(&cause.to_string());
    if text.starts_with("invalid peer certificate") {
        return "its certificate is not trusted here; name who signs it in [server] ca_file".into();
    }
    match text.split_once(" (os error") {
        Some((words, _)) => words.to_owned(),
        None => text,
    }
}

/// Calls that many hold.
pub(super) type Shared = Arc<Calls>;
