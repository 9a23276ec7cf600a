//! What binds one person now, as kept: the wellbeing day, the open desk, the run of one client.

use crate::store::serving::ClientRun;
use crate::wellbeing::{Day, OptOut};
use serde::{Deserialize, Serialize};

/// One row of the table `day`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(in crate::store) struct DayState {
    pub day: Day,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub desk: Option<String>,
    pub run: ClientRun,
    /// The level served last, for the mix.
    pub last: u8,
    /// Decided in this shift.
    pub decided: u64,
    /// What this person does not take; told to nobody else.
    #[serde(skip_serializing_if = "OptOut::is_empty")]
    pub opt_out: OptOut,
}
