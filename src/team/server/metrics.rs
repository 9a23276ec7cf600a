//! What is counted, in Prometheus' text format. No names of people or items are in it.

use crate::moderation::queue::QueueStats;
use crate::moderation::webhook::{HookState, WebhookNow};
use std::fmt::Write;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;

/// Upper bounds in microseconds.
const BOUNDS: [u64; 14] =
    [250, 500, 1_000, 2_000, 3_000, 5_000, 10_000, 20_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 5_000_000];

#[derive(Default)]
struct Calls {
    by_class: [AtomicU64; 6],
    by_time: [AtomicU64; 15],
    micros: AtomicU64,
}

/// The counters of one server.
pub struct Metrics {
    routes: Vec<(&'static str, &'static str, Calls)>,
    /// Connections open now.
    pub connections: AtomicU64,
    /// Connections refused because one address had too many.
    pub refused: AtomicU64,
    /// Event streams open now.
    pub streams: AtomicU64,
    /// Items taken in.
    pub imported: AtomicU64,
    /// Lines refused.
    pub lines_refused: AtomicU64,
    /// Decisions recorded by this server.
    pub decided: AtomicU64,
    /// Decisions that ended in something else.
    pub undecided: AtomicU64,
    /// Bad tokens shown.
    pub bad_tokens: AtomicU64,
    /// Messages of webhooks that arrived.
    pub webhooks_arrived: AtomicU64,
    /// Tries of them that failed.
    pub webhooks_failed: AtomicU64,
}

impl Metrics {
    /// One row a route, method and pattern.
    pub fn new(routes: impl IntoIterator<Item = (&'static str, &'static str)>) -> Self {
        Self {
            routes: routes.into_iter().map(|(method, path)| (method, path, Calls::default())).collect(),
            connections: AtomicU64::new(0),
            refused: AtomicU64::new(0),
            streams: AtomicU64::new(0),
            imported: AtomicU64::new(0),
            lines_refused: AtomicU64::new(0),
            decided: AtomicU64::new(0),
            undecided: AtomicU64::new(0),
            bad_tokens: AtomicU64::new(0),
            webhooks_arrived: AtomicU64::new(0),
            webhooks_failed: AtomicU64::new(0),
        }
    }

    /// One call answered.
    pub fn answered(&self, route: usize, status: u16, took: Duration) {
        let Some((_, _, calls)) = self.routes.get(route) else { return };
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        let slot = BOUNDS.iter().position(|bound| micros <= *bound).unwrap_or(BOUNDS.len());
        calls.by_class[usize::from(status / 100).min(5)].fetch_add(1, Relaxed);
        calls.by_time[slot].fetch_add(1, Relaxed);
        calls.micros.fetch_add(micros, Relaxed);
    }

    /// Everything, for a scrape.
    pub fn text(&self, queues: &[QueueStats], hooks: &[WebhookNow]) -> String {
        let mut text = String::with_capacity(16 << 10);
        let _ = writeln!(text, "# TYPE moddesk_http_requests_total counter");
        for (method, path, calls) in &self.routes {
            for (class, n) in calls.by_class.iter().enumerate().filter(|(_, n)| n.load(Relaxed) > 0) {
                let n = n.load(Relaxed);
                let _ = writeln!(
                    text,
                    "moddesk_http_requests_total{{method=\"{method}\",path=\"{path}\",status=\"{class}xx\"}} {n}"
                );
            }
        }
        let _ = writeln!(text, "# TYPE moddesk_http_request_seconds histogram");
        for (method, path, calls) in &self.routes {
            let counts: Vec<u64> = calls.by_time.iter().map(|n| n.load(Relaxed)).collect();
            let all: u64 = counts.iter().sum();
            if all == 0 {
                continue;
            }
            let labels = format!("method=\"{method}\",path=\"{path}\"");
            let mut so_far = 0;
            for (bound, n) in BOUNDS.iter().zip(&counts) {
                so_far += n;
                let seconds = Duration::from_micros(*bound).as_secs_f64();
                let _ = writeln!(text, "moddesk_http_request_seconds_bucket{{{labels},le=\"{seconds}\"}} {so_far}");
            }
            let _ = writeln!(text, "moddesk_http_request_seconds_bucket{{{labels},le=\"+Inf\"}} {all}");
            let sum = Duration::from_micros(calls.micros.load(Relaxed)).as_secs_f64();
            let _ = writeln!(text, "moddesk_http_request_seconds_sum{{{labels}}} {sum}");
            let _ = writeln!(text, "moddesk_http_request_seconds_count{{{labels}}} {all}");
        }
        for (name, kind, value) in [
            ("connections", "gauge", &self.connections),
            ("connections_refused_total", "counter", &self.refused),
            ("event_streams", "gauge", &self.streams),
            ("items_taken_in_total", "counter", &self.imported),
            ("lines_refused_total", "counter", &self.lines_refused),
            ("decisions_recorded_total", "counter", &self.decided),
            ("decisions_not_recorded_total", "counter", &self.undecided),
            ("bad_tokens_total", "counter", &self.bad_tokens),
            ("webhook_messages_arrived_total", "counter", &self.webhooks_arrived),
            ("webhook_tries_failed_total", "counter", &self.webhooks_failed),
        ] {
            let _ = writeln!(text, "# TYPE moddesk_{name} {kind}\nmoddesk_{name} {}", value.load(Relaxed));
        }
        for (name, value) in [
            ("waiting", (|row| row.waiting) as fn(&QueueStats) -> u64),
            ("leased", |row| row.leased),
            ("overdue", |row| row.overdue),
            ("due_15m", |row| row.due_15m),
            ("stranded", |row| row.stranded),
            ("parked", |row| row.parked),
            ("breached_today", |row| row.breached_today),
        ] {
            let _ = writeln!(text, "# TYPE moddesk_queue_{name} gauge");
            for row in queues {
                let _ = writeln!(text, "moddesk_queue_{name}{{queue=\"{}\"}} {}", label(&row.name), value(row));
            }
        }
        for (name, value) in [
            ("waiting", (|hook| hook.waiting) as fn(&WebhookNow) -> u64),
            ("given_up", |hook| hook.given_up),
            ("behind", |hook| hook.behind),
            ("failing", |hook| u64::from(matches!(hook.state, HookState::Failing | HookState::Off))),
        ] {
            let _ = writeln!(text, "# TYPE moddesk_webhook_{name} gauge");
            for hook in hooks {
                let name_of = label(&hook.webhook.name);
                let _ = writeln!(text, "moddesk_webhook_{name}{{webhook=\"{name_of}\"}} {}", value(hook));
            }
        }
        text
    }
}

fn label(name: &str) -> String {
    name.replace('\\', "\\\\").replace('"', "\\\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counted_calls_add_up() {
        let metrics = Metrics::new([("GET", "/v1/stats")]);
        metrics.answered(0, 200, Duration::from_micros(900));
        metrics.answered(0, 404, Duration::from_secs(9));
        let row = QueueStats { name: "a\"b".into(), waiting: 3, ..QueueStats::default() };
        let text = metrics.text(&[row], &[]);
        assert!(text.contains("path=\"/v1/stats\",status=\"2xx\"} 1"));
        assert!(text.contains("path=\"/v1/stats\",le=\"0.001\"} 1"));
        assert!(text.contains("path=\"/v1/stats\",le=\"+Inf\"} 2"));
        assert!(text.contains("moddesk_queue_waiting{queue=\"a\\\"b\"} 3"));
    }
}
