//! Alerts that this desk has raised, and how each of them stands.

use super::{House, Unsent};
use crate::moderation::alert::AlertState;
use crate::moderation::{Alert, AlertKind, Served};
use jiff::Timestamp;
use uuid::Uuid;

/// Where an alert stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AlertWay {
    /// On its way.
    Sending,
    /// At the queue, not yet taken.
    Sent,
    /// It has not left: whom to ring is told.
    NotSent,
    /// Somebody has taken it.
    Taken(String, Timestamp),
}

/// An alert that its sender is told of, in words, until somebody has taken it and the sender has seen that.
#[derive(Clone, Debug, PartialEq)]
pub struct AlertLine {
    /// As it was sent last.
    pub alert: Alert,
    /// Where it stands.
    pub way: AlertWay,
    /// Whom to ring, in order.
    pub call: Vec<String>,
}

impl AlertLine {
    /// One that is raised now, of which nothing more is known yet.
    pub fn raised(id: Uuid, served: &Served, kind: AlertKind, house: &House, raised_at: Timestamp) -> Self {
        let alert = Alert {
            id,
            item: served.item.id.clone(),
            revision: served.item.revision,
            kind,
            plan: false,
            time: false,
            place: false,
            note: None,
            withdrawn: false,
            raised_at,
        };
        let call = house.clients.get(&served.client).map(|client| client.contacts.clone()).unwrap_or_default();
        Self { alert, way: AlertWay::Sending, call }
    }

    /// What the item's draft carries of it; nothing once it is withdrawn.
    pub fn on_draft(&self) -> Option<(AlertKind, bool, bool, bool)> {
        let alert = &self.alert;
        (!alert.withdrawn).then_some((alert.kind, alert.plan, alert.time, alert.place))
    }

    /// Whether nobody waits for it any more.
    pub fn settled(&self) -> bool {
        matches!(self.way, AlertWay::Taken(..)) || (self.alert.withdrawn && self.way == AlertWay::Sent)
    }
}

/// What the queue says of one. What was added here meanwhile is newer than what comes back.
pub fn heard(alerts: &mut Vec<AlertLine>, state: Result<Box<AlertState>, Unsent>) {
    let (alert, way, call) = match state {
        Ok(state) => {
            let way = state.taken.map_or(AlertWay::Sent, |(by, at)| AlertWay::Taken(by, at));
            (state.alert, way, state.call)
        }
        Err(unsent) => (unsent.alert, AlertWay::NotSent, unsent.call),
    };
    match alerts.iter_mut().find(|line| line.alert.id == alert.id) {
        Some(line) => {
            line.way = way;
            if !call.is_empty() {
                line.call = call;
            }
        }
        None => alerts.push(AlertLine { alert, way, call }),
    }
}
