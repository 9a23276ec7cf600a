//! `moddesk export`.

use super::Exit;
use super::args::Globals;
use super::door::Door;
use super::house::House;
use super::import::Format;
use super::log::Log;
use super::out::Out;
use crate::moderation::Decision;
use crate::report;
use crate::store::{DecisionFilter, StoreError};
use crate::team::api::decisions::Query;
use clap::{Args as Group, Subcommand};
use jiff::Timestamp;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;

/// `moddesk export`.
#[derive(Clone, Debug, Group)]
pub struct ExportArgs {
    /// What.
    #[command(subcommand)]
    pub what: Export,
}

/// What can be exported.
#[derive(Clone, Debug, Subcommand)]
pub enum Export {
    /// Decisions, oldest first
    Decisions {
        /// As lines of JSON or as CSV
        #[arg(long, default_value = "jsonl")]
        format: Format,
        /// From this moment on (RFC 3339)
        #[arg(long, value_name = "T", value_parser = super::args::moment)]
        since: Option<Timestamp>,
        /// Before this moment (RFC 3339)
        #[arg(long, value_name = "T", value_parser = super::args::moment)]
        until: Option<Timestamp>,
        /// Names instead of pseudonyms; needs the right, and is audited
        #[arg(long)]
        names: bool,
        /// Into a file
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// What was worth telling clients, with the authors' own words
    Insights(super::insights::InsightsArgs),
    /// The dossier of one item, without names
    Case {
        /// Its id
        item: String,
        /// Into a file
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// The append-only log
    Audit {
        /// Into a file
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
}

/// How many rows are asked of the store at a time, so that memory does not grow with the log.
const PAGE: u32 = 1000;

pub fn run(globals: &Globals, args: &ExportArgs) -> anyhow::Result<Exit> {
    match &args.what {
        Export::Decisions { format, since, until, names, output } => {
            let filter = DecisionFilter { since: *since, until: *until, names: *names, after: 0, limit: PAGE };
            decisions(&Door::open(globals)?, filter, *format, output.as_deref())
        }
        Export::Insights(args) => super::insights::run(&House::open(globals)?, args),
        Export::Case { item, output } => case(&House::open(globals)?, item, output.as_deref()),
        Export::Audit { output } => audit(&Door::open(globals)?, output.as_deref()),
    }
}

/// A part of the decisions, and the number after which the next part begins; nothing behind the last.
fn part(door: &Door, filter: &DecisionFilter) -> anyhow::Result<Option<(Vec<Decision>, Option<u64>)>> {
    match door {
        Door::Here(house) => {
            let page = house.block(house.store.decisions(filter))?;
            let last = page.last().map(|(seq, _)| *seq);
            Ok(last.map(|last| (page.into_iter().map(|(_, decision)| decision).collect(), Some(last))))
        }
        Door::There(there) => {
            let DecisionFilter { since, until, names, after, limit } = filter.clone();
            let asked = Query { since, until, names, after, limit: Some(limit) };
            let told = there.ask(there.calls().decisions(&asked))?;
            Ok((!told.decisions.is_empty()).then_some((told.decisions, told.next_after)))
        }
    }
}

fn decisions(door: &Door, mut filter: DecisionFilter, format: Format, output: Option<&Path>) -> anyhow::Result<Exit> {
    // A server asks for the right and leaves the trace by itself.
    if let Door::Here(house) = door
        && filter.names
    {
        may_see_names(house)?;
    }
    let mut out = Out::to(output)?;
    let progress = super::import::progress("decisions");
    let mut each_page = |write: &mut dyn FnMut(Decision) -> anyhow::Result<()>| -> anyhow::Result<()> {
        loop {
            let Some((page, next)) = part(door, &filter)? else { return Ok(()) };
            progress.inc(page.len() as u64);
            for decision in page {
                write(decision)?;
            }
            let Some(next) = next else { return Ok(()) };
            filter.after = next;
        }
    };
    match format {
        Format::Jsonl => each_page(&mut |decision| Ok(report::decisions::write_json(&mut out, decision)?))?,
        Format::Csv => {
            let mut csv = report::decisions::Csv::new(&mut out).map_err(into_io)?;
            each_page(&mut |decision| Ok(csv.write(decision).map_err(into_io)?))?;
            csv.finish()?;
        }
    }
    progress.finish_and_clear();
    out.finish()?;
    Ok(Exit::Done)
}

/// So that a broken pipe under the CSV writer is still seen as one.
pub fn into_io(error: csv::Error) -> std::io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => std::io::Error::other(format!("{other:?}")),
    }
}

/// Names need the right; using it leaves a trace.
pub fn may_see_names(house: &House) -> anyhow::Result<()> {
    let me = house.me();
    let people = house.block(house.store.people())?;
    if people.iter().any(|person| person.name == me && !person.names) {
        return Err(StoreError::Forbidden(format!(
            "{me} may not see names; `moddesk moderator set {me} --names yes` gives the right"
        ))
        .into());
    }
    house.block(house.store.note_names_export(&me))?;
    Ok(())
}

fn case(house: &House, item: &str, output: Option<&Path>) -> anyhow::Result<Exit> {
    let kept = house.block(house.store.item(item))?;
    let history = house.block(house.store.history(item))?;
    let mut out = Out::to(output)?;
    serde_json::to_writer_pretty(&mut out, &report::case::dossier(&kept, &history))?;
    writeln!(out)?;
    out.finish()?;
    Ok(Exit::Done)
}

fn audit(door: &Door, output: Option<&Path>) -> anyhow::Result<Exit> {
    let mut out = Out::to(output)?;
    let house = match door {
        Door::Here(house) => house,
        Door::There(there) => {
            Log::of(there).read_by(|log| std::io::copy(log, &mut out))?;
            out.finish()?;
            return Ok(Exit::Done);
        }
    };
    let mut after = 0;
    loop {
        let page = house.block(house.store.audit(after, PAGE))?;
        let Some(last) = page.last() else { break };
        after = last.seq;
        for entry in &page {
            serde_json::to_writer(&mut out, entry)?;
            writeln!(out)?;
        }
    }
    out.finish()?;
    Ok(Exit::Done)
}
