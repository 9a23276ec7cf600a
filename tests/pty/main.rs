//! Real programs in real terminals: what only shows there.
//!
//! `pty.rs` is the harness, `probe.rs` a program that has nothing but the terminal layer, `term.rs` tells what that
//! layer promises. The desk itself is tried by keys without a terminal in `tests/stories`.

mod desk;
mod pictures;
mod probe;
mod pty;
mod term;
mod watch;
