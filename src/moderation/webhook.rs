//! Webhooks: what a client's own systems are told of decisions, reversals and alerts, and when they are told again.
//!
//! Every message is delivered at least once and bears the same id each time, so that a receiver can drop a second one.
//! What concerns one item goes out in order; what concerns another never waits for it.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::time::Duration;
use uuid::Uuid;

/// What a webhook can be told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum HookEvent {
    /// What was decided.
    Decision,
    /// What was undone.
    Reversal,
    /// Imminent harm: raised, completed, withdrawn, taken.
    Alert,
}

impl HookEvent {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Decision, Self::Reversal, Self::Alert];

    /// The contract's code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Decision => "decision",
            Self::Reversal => "reversal",
            Self::Alert => "alert",
        }
    }

    /// Which sort an action of the log is; the others leave the house in no webhook.
    pub fn of_action(action: &str) -> Option<Self> {
        match action {
            "decision.recorded" => Some(Self::Decision),
            "decision.reversed" => Some(Self::Reversal),
            "alert.raised" | "alert.completed" | "alert.withdrawn" | "alert.taken" => Some(Self::Alert),
            _ => None,
        }
    }
}

/// One webhook as an administrator set it. Its secret is elsewhere: it is shown once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Webhook {
    /// 1 to 200 bytes of printable ASCII without spaces.
    pub name: String,
    /// Where to, `http` or `https`.
    pub url: String,
    /// Whose items; empty means all.
    #[serde(default)]
    pub clients: Vec<String>,
    /// What of; never empty.
    pub events: Vec<HookEvent>,
    /// With the item's own words and those of replies, notes and insights.
    #[serde(default)]
    pub with_content: bool,
    /// Nothing goes out; nothing is lost either.
    #[serde(default)]
    pub paused: bool,
}

impl Webhook {
    /// Why it cannot be, in words for whoever typed it.
    pub fn wrong(&self) -> Option<&'static str> {
        let Self { name, url, events, .. } = self;
        if !super::item::is_name(name) {
            return Some("the name of a webhook must be 1 to 200 bytes of printable ASCII without spaces");
        }
        if events.is_empty() {
            return Some("a webhook is told of decision, reversal or alert; say at least one");
        }
        let place = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
        let host = place.map(|place| place.split(['/', '?', '#']).next().unwrap_or_default());
        match host {
            None | Some("") => Some("a webhook goes to an http:// or https:// address"),
            Some(host) if host.contains('@') => {
                Some("no name or password stands in a webhook's address; its messages are signed instead")
            }
            Some(_) if url.len() > 2_000 || !url.bytes().all(|byte| byte.is_ascii_graphic()) => {
                Some("a webhook's address has 2,000 bytes at most, without spaces; write others as %XX")
            }
            Some(_) => None,
        }
    }
}

/// How a webhook fares.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum HookState {
    /// Everything that was sent has arrived.
    #[default]
    Ok,
    /// Something has not arrived and is tried again.
    Failing,
    /// An administrator paused it.
    Paused,
    /// It was given up: nobody answered for days, or the receiver said that it is gone.
    Off,
}

impl HookState {
    /// The contract's code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Failing => "failing",
            Self::Paused => "paused",
            Self::Off => "off",
        }
    }
}

/// A webhook and how it stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WebhookNow {
    /// As it was set.
    #[serde(flatten)]
    pub webhook: Webhook,
    /// How it fares.
    pub state: HookState,
    /// How many messages have arrived.
    pub delivered: u64,
    /// How many are to be tried again, or wait for an earlier one of their item.
    pub waiting: u64,
    /// How many were given up; a replay sends them.
    pub given_up: u64,
    /// Entries of the log that were not looked at yet.
    pub behind: u64,
    /// When something last arrived.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivered_at: Option<Timestamp>,
    /// Since when nothing has arrived, where something should have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failing_since: Option<Timestamp>,
    /// Nothing goes out before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_at: Option<Timestamp>,
    /// What went wrong last, or why it is off. Never words of the receiver's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

/// One message that has not arrived.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DeliveryNow {
    /// Its number in the log; messages of one item go out in this order.
    pub seq: u64,
    /// As in its `type`.
    pub event: String,
    /// The item.
    pub item: String,
    /// How often it was tried; 0 where it waits for an earlier one.
    pub tries: u32,
    /// Given up: only a replay sends it.
    pub given_up: bool,
    /// When it is tried again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_at: Option<Timestamp>,
    /// When it was first tried.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_tried_at: Option<Timestamp>,
    /// What went wrong last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

/// What to send again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Replay {
    /// Everything from this moment on, whether it has arrived or not; without it what was given up, and what waits is
    /// tried at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Timestamp>,
}

/// What a replay will do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Replayed {
    /// So many that had been given up are tried again.
    pub again: u64,
    /// So many entries of the log are looked at anew.
    pub entries: u64,
}

/// Something that a supervisor has to know of a webhook: nothing of where it goes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct HookTrouble {
    /// Which.
    pub name: String,
    /// Messages that have not arrived.
    pub waiting: u64,
    /// Nothing is tried any more.
    pub off: bool,
}

/// A message that fails for so long is given up; a webhook to which nothing arrives for so long is turned off.
pub const GIVEN_UP_AFTER: Duration = Duration::from_secs(3 * 24 * 3600);
/// After so many failures in a row it is the receiver that is down, not a message that it cannot take: from then on one
/// message alone is tried, and nothing new is begun.
pub const DOWN_AFTER: u32 = 10;
/// A receiver that asks for more time gets no more than this.
pub const LONGEST_ASKED: Duration = Duration::from_secs(24 * 3600);

/// The longest wait between two tries of one message,
const LONGEST: Duration = Duration::from_secs(6 * 3600);
/// and between two looks at a receiver that is down, so that it is not missed for hours when it is back.
const LONGEST_DOWN: Duration = Duration::from_secs(600);
const FIRST: Duration = Duration::from_secs(5);

/// How long to wait after a message has failed so often: 5 s, three times as long each time, 6 h at most, and a fifth
/// more or less by `spread`, so that what failed together does not come back together.
pub fn wait(tries: u32, spread: u64) -> Duration {
    backed_off(tries, LONGEST, spread)
}

/// The same for a receiver that is down, after so many failures in a row.
pub fn wait_down(failures: u32, spread: u64) -> Duration {
    backed_off(failures.saturating_sub(DOWN_AFTER) + 1, LONGEST_DOWN, spread)
}

fn backed_off(tries: u32, longest: Duration, spread: u64) -> Duration {
    let times = 3u32.saturating_pow(tries.saturating_sub(1).min(20));
    let plain = FIRST.saturating_mul(times).min(longest);
    // 800 to 1,200 thousandths.
    let part = 800 + u32::try_from(spread % 401).unwrap_or_default();
    plain * part / 1_000
}

/// What became of one try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Came {
    /// The receiver took it.
    Arrived,
    /// It did not.
    Failed {
        /// What went wrong, in words of ours.
        error: String,
        /// How long the receiver asks to be left alone.
        after: Option<Duration>,
        /// It said that it is gone for good.
        gone: bool,
    },
    /// It was not tried after all.
    Untried,
}

/// Which deliverer holds a webhook's turn.
pub type Holder = Uuid;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn hook(url: &str) -> Webhook {
        Webhook {
            name: "crm".into(),
            url: url.into(),
            clients: Vec::new(),
            events: HookEvent::ALL.to_vec(),
            with_content: false,
            paused: false,
        }
    }

    #[test]
    fn only_plain_web_addresses_are_taken() {
        for good in ["https://client.example/hook?x=1", "http://127.0.0.1:9", "https://[::1]/a"] {
            assert_eq!(hook(good).wrong(), None, "{good}");
        }
        for bad in ["", "ftp://x", "https://", "https:///x", "file:///etc/passwd", "https://u:p@h/", "https://h/a b"] {
            assert!(hook(bad).wrong().is_some(), "{bad}");
        }
        assert!(Webhook { events: Vec::new(), ..hook("https://h") }.wrong().is_some());
    }

    #[test]
    fn a_receiver_that_is_down_is_looked_at_every_ten_minutes_at_least() {
        assert_eq!(wait(1, 200), Duration::from_secs(5));
        assert_eq!(wait(4, 200), Duration::from_secs(135));
        assert_eq!(wait(40, 200), Duration::from_secs(6 * 3600));
        assert_eq!(wait_down(DOWN_AFTER, 200), Duration::from_secs(5));
        assert_eq!(wait_down(u32::MAX, 200), Duration::from_secs(600));
    }

    proptest! {
        #[test]
        fn waits_grow_and_are_spread_by_a_fifth_at_most(tries in 1u32..100, one: u64, other: u64) {
            let (short, long) = (wait(tries, one), wait(tries + 1, other));
            prop_assert!(long.as_millis() * 3 >= short.as_millis() * 2);
            prop_assert!(short <= Duration::from_secs(6 * 3600 * 6 / 5));
            prop_assert!(short >= Duration::from_secs(4));
        }
    }
}
