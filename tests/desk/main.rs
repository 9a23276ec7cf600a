//! A desk on a real queue with real threads and sockets: one set of stories for the queue in the same process and for
//! one behind a team's server, and what only a line far away can do to it.

mod asking;
mod cluster;
mod day;
mod far;
mod fault;
mod floor;
mod history;
mod house;
mod offline;
mod pictures;
#[path = "../contract/programs.rs"]
mod programs;
mod proxy;
mod serving;
