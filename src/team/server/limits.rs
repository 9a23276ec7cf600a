//! What one client may cost the server.

use crate::store::outgoing::RENEW;
use std::time::Duration;

/// Every limit, with the value it ships with. Tests and large houses set their own.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Body of an ordinary call, in bytes: a thousand decisions with replies fit.
    pub body: usize,
    /// Body of an ingest, in bytes; it is read as a stream and never held whole.
    pub ingest: u64,
    /// How long an ordinary body may take to come.
    pub body_time: Duration,
    /// How long an ingest may be silent between two pieces.
    pub silence: Duration,
    /// How long a head may take to come, and how long a connection may wait for its next one.
    pub idle: Duration,
    /// How long a client may refuse to take what it asked for.
    pub stuck: Duration,
    /// How long a TLS handshake may take.
    pub handshake: Duration,
    /// Connections at once; more wait in the system's queue.
    pub connections: usize,
    /// Connections from one address at once.
    pub per_peer: usize,
    /// Event streams of one person at once.
    pub streams: usize,
    /// Streams in one HTTP/2 connection at once.
    pub h2_streams: u32,
    /// Calls a second with one token, lasting.
    pub rate: u32,
    /// Calls at once with one token, before the rate counts.
    pub burst: u32,
    /// Bad tokens from one address within ten minutes before it is locked out.
    pub bad_tokens: u32,
    /// How long a lockout lasts.
    pub lockout: Duration,
    /// The wait before the answer to a first bad token; it doubles with each, up to two seconds.
    pub delay: Duration,
    /// Between two signs of life on a stream.
    pub heartbeat: Duration,
    /// How long calls in flight may take when the server stops.
    pub grace: Duration,
    /// Between two looks at the queues for live statistics.
    pub stats: Duration,
    /// How long a receiver of webhooks may take for one message.
    pub webhook_time: Duration,
    /// Between two turns of one webhook, so that what is decided in that time goes out together.
    pub webhook_pace: Duration,
    /// Between two renewals of the turn while a receiver takes its time; far less than a turn lasts.
    pub webhook_renew: Duration,
    /// Between two looks at the files of the certificate.
    pub certificate: Duration,
    /// Whether webhooks may go to addresses of the server's own network, and to itself.
    pub webhooks_to_private: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body: 8 << 20,
            ingest: 1 << 30,
            body_time: Duration::from_secs(20),
            silence: Duration::from_secs(20),
            idle: Duration::from_secs(60),
            stuck: Duration::from_secs(30),
            handshake: Duration::from_secs(10),
            connections: 40_000,
            per_peer: 20_000,
            streams: 16,
            h2_streams: 200,
            rate: 10_000,
            burst: 20_000,
            bad_tokens: 20,
            lockout: Duration::from_secs(60),
            delay: Duration::from_millis(50),
            heartbeat: Duration::from_secs(20),
            grace: Duration::from_secs(10),
            stats: Duration::from_secs(2),
            webhook_time: Duration::from_secs(10),
            webhook_pace: Duration::from_millis(100),
            webhook_renew: RENEW,
            certificate: Duration::from_secs(10),
            webhooks_to_private: false,
        }
    }
}
