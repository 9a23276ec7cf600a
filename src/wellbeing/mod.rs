//! The arithmetic that protects the one who looks: severity, exposure, breaks, shifts, masking. Pure: no clock of
//! its own, no store; every function is given the time.

pub mod clock;
pub mod severity;

pub use clock::{Clock, Moment};
pub use severity::Severity;
