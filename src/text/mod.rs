//! Hostile text made safe.
//!
//! Whatever a platform, an author or a reporter wrote is [`Untrusted`] from the first byte to the last: it has no
//! `Display`, and only [`scrub`](mod@scrub) opens it for the eye. What comes out is [`SafeText`], which may be
//! measured ([`width`](mod@width)), wrapped ([`wrap`](mod@wrap)) and shown.

pub mod fold;
pub mod language;
pub mod likeness;
pub mod links;
pub mod mark;
pub mod personal;
pub mod scrub;
pub mod spell;
pub mod width;
pub mod wrap;

mod base64;
mod cluster;
mod look_alike;
mod odd;
mod safe;
mod untrusted;

#[cfg(test)]
mod hostile;

pub use base64::base64;
pub use safe::{SafeText, Told};
pub use untrusted::Untrusted;
