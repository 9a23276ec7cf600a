//! Prolonging leases of a desk that is alive.

use crate::moderation::Refusal;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where.
pub const PATH: &str = "/v1/claims/renew";

/// Which.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "RenewRequest")]
pub struct Request {
    /// Which desk asks.
    #[serde(default)]
    pub desk: Option<String>,
    /// What it holds.
    pub items: Vec<String>,
}

/// One lease that goes on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "RenewLease")]
pub struct Lease {
    /// Which item.
    pub item: String,
    /// Until when.
    pub lease_until: Timestamp,
}

/// What goes on and what is lost. A break comes as 423: then nothing was renewed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "RenewAnswer")]
pub struct Answer {
    /// What goes on.
    pub renewed: Vec<Lease>,
    /// What is not held any more, and why.
    pub lost: Vec<Refusal>,
}
