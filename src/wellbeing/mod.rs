//! The arithmetic that protects the one who looks: severity, exposure, breaks, shifts, masking. Pure: no clock of
//! its own, no store; every function is given the time.
//!
//! [`Rules`] holds the numbers, [`Day`] one person's state under them. The queue changes a day inside its own
//! transaction and the desk runs the same functions on a copy, so that both stop at the same item.

pub mod allowance;
pub mod breaks;
pub mod clock;
pub mod day;
pub mod duration;
pub mod exposure;
pub mod load;
pub mod rules;
pub mod run;
pub mod severity;
pub mod shift;

pub use allowance::{Allowance, Limit};
pub use breaks::{Due, Gate, NotOver, Record, Rule, Running};
pub use clock::{Clock, Moment};
pub use day::Day;
pub use exposure::{Booked, Look, Modality, Opened, Seen};
pub use rules::{RawRules, Rules, RulesError};
pub use severity::Severity;
pub use shift::Shift;
