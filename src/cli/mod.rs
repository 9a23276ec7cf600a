//! One file a subcommand; the only place that joins a desk to a screen, and where `anyhow` ends.

pub mod args;
mod audit;
mod beside;
mod check_in;
mod client;
mod completions;
mod desk;
mod doctor;
mod door;
mod exit;
mod export;
mod house;
mod import;
mod insights;
mod keys;
mod known;
mod laws;
mod log;
mod login;
mod me;
mod moderator;
mod notice;
mod out;
mod pixels;
mod policy;
mod queue;
mod queue_settings;
mod recent;
mod remote;
mod report;
mod serve;
mod show;
mod stats;
mod table;
mod taker;
mod template;
mod watch;
mod webhook;
mod zone;

use crate::desk::picture::apart;
use args::{Args, Command};
use clap::Parser;
use std::process::ExitCode;

pub use exit::Exit;

/// Parses what was typed, does it, and answers with the contract's exit code. A reader that went away (a broken
/// pipe) is success; every other failure prints its chain on stderr.
pub fn main() -> ExitCode {
    if let Some(code) = apart::asked(std::env::args_os().skip(1)) {
        return ExitCode::from(u8::try_from(code).unwrap_or(1));
    }
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => {
            let code = if error.use_stderr() { Exit::Usage } else { Exit::Done };
            return if error.print().is_ok() { code.into() } else { Exit::Done.into() };
        }
    };
    match run(args) {
        Ok(exit) => exit.into(),
        Err(error) if out::is_broken_pipe(&error) => Exit::Done.into(),
        Err(error) => {
            out::complain(&error);
            Exit::of(&error).into()
        }
    }
}

fn run(args: Args) -> anyhow::Result<Exit> {
    let globals = args.globals;
    match args.command {
        None => desk::run(&globals, args.desk),
        Some(Command::Desk(desk)) => desk::run(&globals, desk.over(args.desk)),
        Some(Command::Import(import)) => import::run(&globals, &import),
        Some(Command::Export(export)) => export::run(&globals, &export),
        Some(Command::Report(report)) => report::run(&globals, &report),
        Some(Command::Audit(audit)) => audit::run(&globals, &audit),
        Some(Command::Stats(stats)) => stats::run(&globals, &stats),
        Some(Command::Queue(queue)) => queue::run(&globals, &queue),
        Some(Command::Moderator(moderator)) => moderator::run(&globals, &moderator),
        Some(Command::Client(client)) => client::run(&globals, &client),
        Some(Command::Notice(notice)) => notice::run(&globals, &notice),
        Some(Command::Webhook(webhook)) => webhook::run(&globals, &webhook),
        Some(Command::Policy(policy)) => policy::run(&globals, &policy),
        Some(Command::Template(template)) => template::run(&globals, &template),
        Some(Command::Keys(keys)) => keys::run(&globals, &keys),
        Some(Command::Me(me)) => me::run(&globals, &me),
        Some(Command::Watch(watch)) => watch::run(&globals, &watch),
        Some(Command::Serve(serve)) => serve::run(&globals, &serve),
        Some(Command::Login { url: Some(url), .. }) => login::run(&globals, &url),
        Some(Command::Login { url: None, .. }) => login::forget(),
        Some(Command::Doctor) => doctor::run(&globals),
        Some(Command::Completions { shell }) => completions::completions(shell),
        Some(Command::Man) => completions::man(),
    }
}
