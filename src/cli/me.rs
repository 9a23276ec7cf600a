//! `moddesk me`: everything the queue keeps about oneself, and forgetting what no longer binds.

use super::Exit;
use super::args::{DeskArgs, Globals, MeArgs, MeCommand};
use super::house::{self, House};
use super::out::Out;
use super::recent;
use std::io::Write;

pub fn run(globals: &Globals, args: &MeArgs) -> anyhow::Result<Exit> {
    let desk = DeskArgs { moderator: args.moderator.clone(), ..DeskArgs::default() };
    let house = House::open_desk(house::config(globals, &desk)?)?;
    let me = house.me();
    let mut out = Out::stdout();
    match args.what {
        MeCommand::Export => {
            let mut everything = house.block(house.store.about(&me))?;
            everything["recent"] = serde_json::to_value(recent::read(&recent::place(&house.folder, &me)))?;
            serde_json::to_writer_pretty(&mut out, &everything)?;
            writeln!(out)?;
        }
        MeCommand::Erase => {
            let erased = house.block(house.store.erase_about(&me))?;
            recent::forget(&recent::place(&house.folder, &me))?;
            writeln!(
                out,
                "{erased} finished shifts forgotten; load, running shift and shift count stay while they bind"
            )?;
        }
    }
    out.finish()?;
    Ok(Exit::Done)
}
