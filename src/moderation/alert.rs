//! Imminent harm.

use crate::text::Untrusted;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What is about to happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AlertKind {
    /// Somebody may kill themselves.
    Suicide,
    /// Somebody is threatened.
    Threat,
    /// An attack is planned.
    Attack,
    /// A child is in danger.
    Child,
}

impl AlertKind {
    /// All of them, in the order of the chooser.
    pub const ALL: [Self; 4] = [Self::Suicide, Self::Threat, Self::Attack, Self::Child];

    /// The contract's code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Suicide => "suicide",
            Self::Threat => "threat",
            Self::Attack => "attack",
            Self::Child => "child",
        }
    }
}

/// An alert: goes out at once and stays until somebody has taken it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Alert {
    /// Minted by the desk; sending it twice raises one alert. Sent again with more, it is completed.
    pub id: Uuid,
    /// About which item.
    pub item: String,
    /// At which revision.
    #[serde(default = "super::pass::one")]
    pub revision: u32,
    /// What is about to happen.
    pub kind: AlertKind,
    /// There is a plan.
    #[serde(default)]
    pub plan: bool,
    /// There is a time.
    #[serde(default)]
    pub time: bool,
    /// There is a place.
    #[serde(default)]
    pub place: bool,
    /// What else helps.
    #[serde(default)]
    pub note: Option<Untrusted>,
    /// Taken back by its sender; the trace stays.
    #[serde(default)]
    pub withdrawn: bool,
    /// When the key was pressed.
    pub raised_at: Timestamp,
}

/// Where an alert stands, as its sender and the supervisor see it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AlertState {
    /// The alert.
    pub alert: Alert,
    /// Who raised it.
    pub by: String,
    /// Who has taken it, and when; it stays on both screens until then.
    pub taken: Option<(String, Timestamp)>,
    /// Whom to ring, in order: the client's call list.
    pub call: Vec<String>,
}

/// Nobody has taken it for so long: the next on the call list is rung.
const NEXT_AFTER_MIN: i64 = 5;

impl AlertState {
    /// Whom to ring at a moment: five minutes each, in the client's order; the last one stays.
    pub fn to_ring(&self, at: Timestamp) -> Option<&str> {
        let waited = at.duration_since(self.alert.raised_at).as_mins().max(0);
        let place = usize::try_from(waited / NEXT_AFTER_MIN).unwrap_or(usize::MAX);
        self.call.get(place.min(self.call.len().checked_sub(1)?)).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_call_list_is_gone_down_every_five_minutes() {
        let raised_at: Timestamp = "2026-11-22T14:00:00Z".parse().expect("a time");
        let alert = Alert {
            id: Uuid::from_u128(1),
            item: "a".into(),
            revision: 1,
            kind: AlertKind::Suicide,
            plan: false,
            time: false,
            place: false,
            note: None,
            withdrawn: false,
            raised_at,
        };
        let call = vec!["Sonia".to_owned(), "the client".to_owned()];
        let state = AlertState { alert, by: "ines".into(), taken: None, call };
        let after = |minutes: i64| state.to_ring(raised_at + jiff::SignedDuration::from_mins(minutes));
        assert_eq!((after(-3), after(0), after(4)), (Some("Sonia"), Some("Sonia"), Some("Sonia")));
        assert_eq!((after(5), after(60)), (Some("the client"), Some("the client")));
        assert_eq!(AlertState { call: Vec::new(), ..state.clone() }.to_ring(raised_at), None);
    }
}
