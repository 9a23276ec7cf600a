//! The team server over real sockets: the work, the roles, the live events, and whoever means it no good.

mod events;
mod floor;
mod hostile;
mod house;
mod inflow;
mod messages;
mod pictures;
mod prompt;
mod roles;
mod tls;
mod tokens;
mod webhooks;
mod work;
