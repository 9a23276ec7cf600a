//! `moddesk me`: everything the queue keeps about oneself, and forgetting what no longer binds.

use super::Exit;
use super::args::{DeskArgs, Globals, MeArgs, MeCommand};
use super::check_in;
use super::house::{self, House};
use super::out::Out;
use super::recent;
use std::io::Write;

pub fn run(globals: &Globals, args: &MeArgs) -> anyhow::Result<Exit> {
    let desk = DeskArgs { moderator: args.moderator.clone(), ..DeskArgs::default() };
    let house = House::open_desk(house::config(globals, &desk)?)?;
    let me = house.me();
    let mut out = Out::stdout();
    match &args.what {
        MeCommand::Export => {
            let mut everything = house.block(house.store.about(&me))?;
            everything["recent"] = serde_json::to_value(recent::read(&recent::place(&house.folder, &me)))?;
            let own = check_in::read(&check_in::place(&house.folder, &me));
            if !own.is_empty() {
                everything["check_ins"] = serde_json::to_value(own)?;
            }
            serde_json::to_writer_pretty(&mut out, &everything)?;
            writeln!(out)?;
        }
        MeCommand::Erase => {
            let erased = house.block(house.store.erase_about(&me))?;
            recent::forget(&recent::place(&house.folder, &me))?;
            check_in::forget(&check_in::place(&house.folder, &me))?;
            writeln!(
                out,
                "{erased} finished shifts forgotten; load, running shift and shift count stay while they bind"
            )?;
        }
        MeCommand::Topics { out: none, back } => {
            let mut topics = house.block(house.store.opt_outs(&me, None))?;
            if !none.is_empty() || !back.is_empty() {
                topics.extend(none.iter().cloned());
                topics.retain(|topic| !back.iter().any(|again| again.trim().eq_ignore_ascii_case(topic.trim())));
                topics = house.block(house.store.opt_outs(&me, Some(&topics)))?;
            }
            for topic in topics {
                writeln!(out, "{}", crate::text::scrub::log(&topic))?;
            }
        }
        MeCommand::CheckIns { only } => {
            let all = check_in::read(&check_in::place(&house.folder, &me));
            for (n, one) in (1..).zip(&all).filter(|(n, _)| only.is_empty() || only.contains(n)) {
                writeln!(out, "{n}  {}  mood {}  load {}", one.at, one.mood, one.load)?;
            }
        }
    }
    out.finish()?;
    Ok(Exit::Done)
}
