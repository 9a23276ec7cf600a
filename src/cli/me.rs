//! `moddesk me`: everything the queue keeps about oneself, and forgetting what no longer binds.

use super::Exit;
use super::args::{DeskArgs, Globals};
use super::check_in;
use super::door::Door;
use super::house::{self, House};
use super::out::Out;
use super::recent;
use crate::team::api::me::Topics;
use clap::{Args as Group, Subcommand};
use serde_json::Value;
use std::io::Write;
use std::path::Path;

/// `moddesk me`.
#[derive(Clone, Debug, Group)]
pub struct MeArgs {
    /// What.
    #[command(subcommand)]
    pub what: MeCommand,
    /// Who
    #[arg(long, global = true, value_name = "NAME")]
    pub moderator: Option<String>,
}

/// What can be done about oneself.
#[derive(Clone, Debug, Subcommand)]
pub enum MeCommand {
    /// Everything the queue keeps about you, as JSON
    Export,
    /// Forget finished shifts; what still binds stays
    Erase,
    /// Topics that you do not take, from the next item fetched on; without an option, those of now
    Topics {
        /// Take this no more: the code of a policy or the category of a report (repeatable)
        #[arg(long, value_name = "TOPIC")]
        out: Vec<String>,
        /// Take this again (repeatable)
        #[arg(long, value_name = "TOPIC")]
        back: Vec<String>,
    },
    /// Your check-ins, kept on this machine alone; print what you want to share, and hand it over yourself
    CheckIns {
        /// Only this one, by its number (repeatable)
        #[arg(long, value_name = "N")]
        only: Vec<usize>,
    },
}

pub fn run(globals: &Globals, args: &MeArgs) -> anyhow::Result<Exit> {
    if globals.server.is_some() {
        return on_a_server(globals, args);
    }
    let desk = DeskArgs { moderator: args.moderator.clone(), ..DeskArgs::default() };
    let house = House::open_desk(house::config(globals, &desk)?)?;
    let me = house.me();
    let mut out = Out::stdout();
    match &args.what {
        MeCommand::Export => {
            let everything = house.block(house.store.about(&me))?;
            write_everything(&mut out, everything, &house.folder, &me)?;
        }
        MeCommand::Erase => {
            let erased = house.block(house.store.erase_about(&me))?;
            write_erased(&mut out, erased, &house.folder, &me)?;
        }
        MeCommand::Topics { out: none, back } => {
            let mut topics = house.block(house.store.opt_outs(&me, None))?;
            if let Some(other) = changed(&topics, none, back) {
                topics = house.block(house.store.opt_outs(&me, Some(&other)))?;
            }
            write_topics(&mut out, &topics)?;
        }
        MeCommand::CheckIns { only } => write_check_ins(&mut out, &house.folder, &me, only)?,
    }
    out.finish()?;
    Ok(Exit::Done)
}

/// The same on a team's server, for whoever the token signs in; what only this machine keeps goes with it.
fn on_a_server(globals: &Globals, args: &MeArgs) -> anyhow::Result<Exit> {
    let door = Door::open(globals)?;
    let Door::There(there) = &door else { anyhow::bail!("there is no server; say --server URL") };
    let me = there.ask(there.calls().me())?.person.name;
    if let Some(asked) = args.moderator.as_ref().filter(|asked| **asked != me) {
        anyhow::bail!("the token is that of {me}, not of {asked}; run `moddesk login URL` with a token of theirs");
    }
    let folder = there.config().paths().data_dir;
    let mut out = Out::stdout();
    match &args.what {
        MeCommand::Export => write_everything(&mut out, there.ask(there.calls().about_me())?, &folder, &me)?,
        MeCommand::Erase => write_erased(&mut out, there.ask(there.calls().erase_me())?, &folder, &me)?,
        MeCommand::Topics { out: none, back } => {
            let mut topics = there.ask(there.calls().topics())?;
            if let Some(other) = changed(&topics, none, back) {
                topics = there.ask(there.calls().put_topics(&Topics { topics: other }))?;
            }
            write_topics(&mut out, &topics)?;
        }
        MeCommand::CheckIns { only } => write_check_ins(&mut out, &folder, &me, only)?,
    }
    out.finish()?;
    Ok(Exit::Done)
}

fn write_everything(out: &mut Out, mut everything: Value, folder: &Path, me: &str) -> anyhow::Result<()> {
    everything["recent"] = serde_json::to_value(recent::read(&recent::place(folder, me)))?;
    let own = check_in::read(&check_in::place(folder, me));
    if !own.is_empty() {
        everything["check_ins"] = serde_json::to_value(own)?;
    }
    serde_json::to_writer_pretty(&mut *out, &everything)?;
    writeln!(out)?;
    Ok(())
}

fn write_erased(out: &mut Out, erased: u64, folder: &Path, me: &str) -> anyhow::Result<()> {
    recent::forget(&recent::place(folder, me))?;
    check_in::forget(&check_in::place(folder, me))?;
    writeln!(out, "{erased} finished shifts forgotten; load, running shift and shift count stay while they bind")?;
    Ok(())
}

/// The topics with these and without those; nothing where none was named.
fn changed(topics: &[String], none: &[String], back: &[String]) -> Option<Vec<String>> {
    let again = |topic: &String| back.iter().any(|again| again.trim().eq_ignore_ascii_case(topic.trim()));
    let all = topics.iter().chain(none).filter(|topic| !again(topic)).cloned();
    (!none.is_empty() || !back.is_empty()).then(|| all.collect())
}

fn write_topics(out: &mut Out, topics: &[String]) -> anyhow::Result<()> {
    for topic in topics {
        writeln!(out, "{}", crate::text::scrub::log(topic))?;
    }
    Ok(())
}

fn write_check_ins(out: &mut Out, folder: &Path, me: &str, only: &[usize]) -> anyhow::Result<()> {
    let all = check_in::read(&check_in::place(folder, me));
    for (n, one) in (1..).zip(&all).filter(|(n, _)| only.is_empty() || only.contains(n)) {
        writeln!(out, "{n}  {}  mood {}  load {}", one.at, one.mood, one.load)?;
    }
    Ok(())
}
