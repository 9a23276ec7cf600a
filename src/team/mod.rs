//! Many desks, one queue: what both sides of the line say ([`api`]), how events travel ([`events`]), the [`server`]
//! that answers, and the [`client`] that a desk works through.

pub mod api;
pub mod client;
pub mod events;
pub mod server;
