//! moddesk: a moderator's workstation in a terminal.
//!
//! The rooms of the house, from the ground up:
//!
//! - [`text`] makes hostile text safe: untrusted strings, scrubbing, width, wrapping, marking, language.
//! - [`wellbeing`] is the arithmetic that protects the moderator: severity, exposure, breaks, shifts, masking.
//! - [`moderation`] holds the words of the trade as pure data: item, policy, decision, pass, round, order of serving.
//! - [`words`] says everything the program says, in English and French.
//! - [`config`] turns files and environment into what the program needs.
//! - [`store`] keeps the queue: one trait, one story of tests, an engine a folder.
//! - [`platform`] and [`routing`] are where the outside world and the automatic first level come in.
//! - [`desk`] has the only doors the screens use, and the journal that loses nothing.
//! - [`team`] puts many desks on one queue over HTTP.
//! - [`report`] is what leaves: exports, dossiers, figures for clients.
//! - [`tui`] and [`plain`] are the two faces of a desk; [`cli`] joins a desk to a face.
//!
//! Who may import whom (held by `tests/architecture.rs`):
//!
//! | module | may import |
//! |---|---|
//! | text | – |
//! | wellbeing | text |
//! | moderation | wellbeing, text |
//! | words | text |
//! | config | words, moderation, wellbeing, text |
//! | store, routing | words, moderation, wellbeing, text |
//! | report | store, words, moderation, wellbeing, text |
//! | platform | moderation, text, config |
//! | desk | everything above |
//! | team::api | moderation, wellbeing, text |
//! | team::client | team::api, team::events, desk, moderation, wellbeing, text |
//! | team::server | team::api, team::events, store, platform, routing, report, moderation, wellbeing, text, config, desk::clock |
//! | tui, plain | desk (the traits), words, moderation, wellbeing, text, config |
//! | cli | everything |

pub mod cli;
pub mod config;
pub mod desk;
pub mod moderation;
pub mod plain;
pub mod platform;
pub mod report;
pub mod routing;
pub mod store;
pub mod team;
pub mod text;
pub mod tui;
pub mod wellbeing;
pub mod words;
