//! The rules that protect the moderator, held against the design sentence by sentence, and against people who try to
//! get round them.

mod person;
mod sentences;
mod shifts;
mod vectors;
