//! What is answered instead of what was asked.

use crate::moderation::claim::BreakDue;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

macro_rules! codes {
    ($($name:ident $code:literal $status:literal $doc:literal;)*) => {
        /// Every reason for which a call is refused. The code stays, the message may change.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum Code {
            $(#[doc = $doc] $name,)*
        }

        impl Code {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// As it stands in `error`.
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code),* }
            }

            /// The HTTP status that it comes under.
            pub fn status(self) -> u16 {
                match self { $(Self::$name => $status),* }
            }

            /// What it means, and what to do.
            pub fn doc(self) -> &'static str {
                match self { $(Self::$name => $doc),* }
            }
        }
    };
}

codes! {
    BadRequest "bad_request" 400 "The address or a header cannot be read.";
    MalformedJson "malformed_json" 400 "The body is no JSON, or breaks off.";
    NotSignedIn "not_signed_in" 401 "A bearer token is needed.";
    BadToken "bad_token" 401 "The token is unknown, expired or revoked; ask an administrator for a new one.";
    NotAllowed "not_allowed" 403 "Your roles do not allow this call.";
    Forbidden "forbidden" 403 "Your rights do not allow what you ask here.";
    NotFound "not_found" 404 "There is no such thing, or it is not for you to see.";
    MethodNotAllowed "method_not_allowed" 405 "The address exists, but not with this method; see Allow.";
    TooSlow "too_slow" 408 "The body did not come in time.";
    Conflict "conflict" 409 "It is there already, or has changed meanwhile.";
    DeskTakenOver "desk_taken_over" 409 "Another desk of yours has taken over; go on there, or claim without `have`.";
    TooLarge "too_large" 413 "The body is over its limit.";
    UnsupportedMediaType "unsupported_media_type" 415 "The body's type is not one that this call reads.";
    Invalid "invalid" 422 "The body is JSON, but not what this call takes.";
    BreakDue "break_due" 423 "A break comes first; until when stands in the answer.";
    TooMany "too_many" 429 "Too many calls with this token; wait as long as Retry-After says.";
    LockedOut "locked_out" 429 "Too many bad tokens from this address; wait as long as Retry-After says.";
    Failed "failed" 500 "The server failed; its log says why.";
    Busy "busy" 503 "The queue is busy or out of reach; try again.";
    Stopping "stopping" 503 "The server is stopping; try again in a moment.";
    Full "full" 507 "The disk is full: nothing was recorded.";
}

/// The body of every answer that is not a success. Never a stack trace, never content of another person's item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Fault {
    /// Which reason.
    pub error: Code,
    /// For a person: what is wrong and what to do.
    pub message: String,
    /// With `break_due`: when it is over by the queue's clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    /// With `break_due`: run, acute, hourly or voluntary.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// With `break_due`: how long it lasts in all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required_s: Option<u64>,
    /// With `desk_taken_over`: the desk that is open now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub desk: Option<String>,
    /// With `too_large`: the limit in bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u64>,
    /// With a policy file that was refused: every mistake, with its line.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mistakes: Vec<String>,
}

impl Fault {
    /// A fault with nothing but its reason.
    pub fn new(error: Code, message: impl Into<String>) -> Self {
        Self {
            error,
            message: message.into(),
            until: None,
            rule: None,
            required_s: None,
            desk: None,
            limit: None,
            mistakes: Vec::new(),
        }
    }

    /// A break that comes first.
    pub fn break_due(due: BreakDue) -> Self {
        let message = "a break comes first; nothing is served until it is over";
        Self {
            until: Some(due.until),
            rule: Some(due.rule),
            required_s: Some(due.required_s),
            ..Self::new(Code::BreakDue, message)
        }
    }

    /// The break that it names, on the way back.
    pub fn as_break(&self) -> Option<BreakDue> {
        match (self.error, self.until, &self.rule, self.required_s) {
            (Code::BreakDue, Some(until), Some(rule), Some(required_s)) => {
                Some(BreakDue { until, rule: rule.clone(), required_s })
            }
            _ => None,
        }
    }

    /// Another desk that has taken over.
    pub fn taken_over(desk: String) -> Self {
        let message = "another desk of yours has taken over; go on there, or claim without `have` to take over again";
        Self { desk: Some(desk), ..Self::new(Code::DeskTakenOver, message) }
    }
}
