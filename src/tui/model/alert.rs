//! Alerts that this desk has raised.

use crate::moderation::Alert;
use jiff::Timestamp;

/// Where an alert stands.
#[derive(Clone, Debug, PartialEq)]
pub enum AlertWay {
    /// On its way.
    Sending,
    /// At the queue, not yet taken.
    Sent,
    /// It has not left: whom to ring is told.
    NotSent(String),
    /// Somebody has taken it.
    Taken(String, Timestamp),
}

/// An alert that stays on its sender's screen, in words, until somebody has taken it and the sender has seen that.
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
    /// Whether it may leave the screen at the next key: nobody waits for it any more.
    pub fn settled(&self) -> bool {
        matches!(self.way, AlertWay::Taken(..)) || (self.alert.withdrawn && self.way == AlertWay::Sent)
    }
}
