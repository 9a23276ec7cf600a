//! A moderator's stories: keys in, screens out. Keys are looked up by the name of their command.

mod answering;
mod asking;
mod batching;
mod beginning;
mod deciding;
mod driver;
mod guards;
mod looking;
mod replying;
mod resting;
mod screens;
mod staying;
mod telling;
mod undoing;
mod watching;
