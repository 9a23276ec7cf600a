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
pub mod estimate;
pub mod explain;
pub mod exposure;
pub mod interleave;
pub mod load;
pub mod masking;
pub mod opt_out;
pub mod retention;
pub mod rules;
pub mod run;
pub mod severity;
pub mod shift;
pub mod summary;

pub use allowance::{Allowance, Limit};
pub use breaks::{Due, Gate, NotOver, Record, Rule, Running};
pub use clock::{Clock, Moment};
pub use day::Day;
pub use estimate::Estimate;
pub use exposure::{Booked, Look, Modality, Opened, Seen};
pub use masking::{Masking, Reveal};
pub use opt_out::OptOut;
pub use rules::{RawRules, Rules, RulesError};
pub use severity::Severity;
pub use shift::Shift;
pub use summary::Summary;
