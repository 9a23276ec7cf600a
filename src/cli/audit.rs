//! `moddesk audit verify`.

use super::Exit;
use super::args::Globals;
use super::door::Door;
use super::log::Log;
use super::out::{Out, say};
use crate::store::BrokenLink;
use crate::store::audit::verify_lines;
use anyhow::Context;
use clap::{Args as Group, Subcommand};
use std::fs::File;
use std::io::{BufReader, Write};
use std::path::PathBuf;

/// `moddesk audit`.
#[derive(Clone, Debug, Group)]
pub struct AuditArgs {
    /// What.
    #[command(subcommand)]
    pub what: Audit,
}

/// What can be done with the audit log.
#[derive(Clone, Debug, Subcommand)]
pub enum Audit {
    /// Recompute the chain: 0 when it is whole, 4 naming the first broken entry
    Verify {
        /// An exported log; the queue's own otherwise
        file: Option<PathBuf>,
    },
}

pub fn run(globals: &Globals, args: &AuditArgs) -> anyhow::Result<Exit> {
    let Audit::Verify { file } = &args.what;
    let broken = match file {
        Some(path) => {
            let log = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
            verify_lines(BufReader::new(log)).with_context(|| format!("cannot read {}", path.display()))?.1
        }
        None => match Door::open(globals)? {
            Door::Here(house) => house.block(house.store.verify_audit())?,
            Door::There(there) => Log::of(&there).read_by(|log| verify_lines(BufReader::new(log)))?.1,
        },
    };
    match broken {
        None => {
            let mut out = Out::stdout();
            writeln!(out, "the audit log is whole")?;
            out.finish()?;
            Ok(Exit::Done)
        }
        Some(BrokenLink { seq, why }) => {
            say(&format!("the audit log is broken at entry {seq}: {why}"));
            Ok(Exit::Found)
        }
    }
}
