//! The rules that protect the moderator, held against the design sentence by sentence, and against people who try to
//! get round them.

mod breaks;
mod file;
mod person;
mod points;
mod runs;
mod shifts;
mod team;
mod vectors;
