//! What travels between a desk and a team's server: one file a verb, with its path, its request and its answer.
//!
//! Requests refuse unknown fields; answers may grow, so whoever reads them must not. Everything here is also what the
//! OpenAPI document is made from.

pub mod again;
pub mod alerts;
pub mod audit;
pub mod author;
pub mod breaks;
pub mod claim;
pub mod clients;
pub mod decide;
pub mod decisions;
pub mod doubts;
pub mod erase;
pub mod expose;
pub mod fault;
pub mod floor;
pub mod give_back;
pub mod groups;
pub mod history;
pub mod ingest;
pub mod item;
pub mod listing;
pub mod me;
pub mod media;
pub mod messages;
pub mod moderators;
pub mod overrides;
pub mod pass;
pub mod pauses;
pub mod policies;
pub mod queues;
pub mod release;
pub mod renew;
pub mod reverse;
pub mod search;
pub mod shift;
pub mod stats;
pub mod step;
pub mod stream;
pub mod templates;
pub mod thread;
pub mod webhooks;
pub mod wellbeing;
pub mod withdraw;

pub use fault::{Code, Fault};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The header of every answer to somebody signed in: when it left, RFC 3339, by the queue's clock. A desk keeps its
/// breaks by it.
pub const AT: &str = "moddesk-at";

/// An answer that says nothing but that it was done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Done {}

/// A request without anything in it: an empty body, or `{}`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// Fills the one blank of a path pattern: ids may hold anything printable, so everything but unreserved characters is
/// written as `%XX`.
///
/// An address cannot hold nothing, `.` or `..`: every library takes them for folders, written as `%2E` too. They are
/// written behind a `~`, and so is what such a name would be mistaken for; [`blank`] takes it off again.
///
/// # Panics
/// Never for the patterns of this module, which have exactly one blank.
pub fn path(pattern: &str, id: &str) -> String {
    let (before, rest) = pattern.split_once('{').unwrap_or((pattern, ""));
    let after = rest.split_once('}').map_or("", |(_, after)| after);
    let mut filled = String::with_capacity(pattern.len() + 3 * id.len());
    filled.push_str(before);
    if dots(id) {
        filled.push('~');
    }
    for byte in id.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => filled.push(char::from(byte)),
            other => filled.push_str(&format!("%{other:02X}")),
        }
    }
    filled.push_str(after);
    filled
}

/// What stands in the blank of an address, decoded: what [`path`] wrote there.
pub fn blank(segment: &str) -> &str {
    match segment.strip_prefix('~') {
        Some(rest) if dots(rest) => rest,
        _ => segment,
    }
}

/// Whether this is nothing, `.` or `..`, behind any number of `~`.
fn dots(id: &str) -> bool {
    matches!(id.trim_start_matches('~'), "" | "." | "..")
}

#[cfg(test)]
mod tests {
    use super::{blank, path};

    #[test]
    fn an_id_cannot_leave_its_place_in_a_path() {
        assert_eq!(path(super::item::PATH, "forum:88121"), "/v1/items/forum%3A88121");
        assert_eq!(path(super::history::PATH, "a/../b?c#d e"), "/v1/items/a%2F..%2Fb%3Fc%23d%20e/history");
    }

    #[test]
    fn a_name_that_is_a_folder_to_every_library_still_has_an_address() {
        for id in ["", ".", "..", "~", "~.", "~~..", "...", "~a", ".a", "a~", "~..."] {
            let address = path(super::item::PATH, id);
            let segment = address.strip_prefix("/v1/items/").expect("its prefix");
            assert!(!matches!(segment, "" | "." | ".."), "{id:?}: {address}");
            let url = reqwest::Url::parse(&format!("http://queue.example{address}")).expect("an address");
            assert_eq!(url.path(), address, "{id:?}");
            assert_eq!(blank(segment), id, "{address}");
        }
    }
}
