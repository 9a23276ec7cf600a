//! The words of the trade, as pure data: what is judged, by which rules, and what was decided.
//!
//! Nothing here reads a clock, a file or a store. The shapes are those of the published contract, so the same types
//! travel in files, over HTTP and inside the program.

pub mod alert;
pub mod author;
pub mod claim;
pub mod client;
pub mod deadline;
pub mod decision;
pub mod doubt;
pub mod eu;
pub mod filter;
pub mod floor;
pub mod follow_up;
pub mod group;
pub mod intake;
pub mod item;
pub mod message;
pub mod mine;
pub mod notice;
pub mod pass;
pub mod person;
pub mod policy;
pub mod queue;
pub mod report;
pub mod retention;
pub mod shift;
pub mod template;
pub mod webhook;

pub use alert::{Alert, AlertKind};
pub use author::Author;
pub use claim::{Claim, Claimed, Refusal, Served};
pub use client::Client;
pub use deadline::Deadline;
pub use decision::{Decision, Measure, Outcome, Recorded, Verdict};
pub use doubt::{AskTo, Doubt, DoubtState, Precedent};
pub use follow_up::FollowUp;
pub use group::{By, Group};
pub use item::{Item, Kind, Medium};
pub use message::{BackWhy, CameBack, Messages};
pub use notice::{Notice, NoticeKind, NoticeState};
pub use pass::{Exposure, Pass, PassReason, Seen, Sight};
pub use person::{Person, Role};
pub use policy::Policy;
pub use queue::Queue;
pub use report::Report;
pub use webhook::Webhook;
