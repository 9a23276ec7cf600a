//! Hostile text made safe.
//!
//! Whatever a platform, an author or a reporter wrote is [`Untrusted`] from the first byte to the last: it has no
//! `Display`, and only [`scrub`](mod@scrub) opens it for the eye.

mod untrusted;

pub use untrusted::Untrusted;
