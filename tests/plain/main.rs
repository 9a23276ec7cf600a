//! The desk line by line: its rules with a desk that does what a test says, and the real program at the end of a pipe.

mod asking;
mod pipe;
mod rules;
mod shift;
mod watching;
