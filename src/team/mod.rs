//! Many desks, one queue: what both sides of the line say ([`api`]), how events travel ([`events`]), and the
//! [`server`] that answers.

pub mod api;
pub mod events;
pub mod server;
