//! `moddesk keys`: views of the commands and the keymaps.

use super::args::{DeskArgs, Globals};
use super::house;
use super::out::{Out, say};
use super::{Exit, table};
use crate::config::Keymap as Asked;
use crate::tui::command::names::COMMANDS;
use crate::tui::command::names::NAMES;
use crate::tui::keymap::{self, Context, Keymap};
use crate::words::Words;
use clap::{Args as Group, Subcommand};
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;

/// `moddesk keys`.
#[derive(Clone, Debug, Group)]
pub struct KeysArgs {
    /// What; `show` where nothing is said.
    #[command(subcommand)]
    pub what: Option<KeysCommand>,
    /// default, azerty, vim, one-hand, or a file
    #[arg(long, global = true, value_name = "NAME|FILE")]
    pub keymap: Option<String>,
}

/// What can be done with keys.
#[derive(Clone, Debug, Subcommand)]
pub enum KeysCommand {
    /// The keys in force, by screen
    Show,
    /// All commands, with their keys
    List,
    /// Name every conflict, unknown command and unreachable key of a keymap file
    Check {
        /// The file
        file: PathBuf,
    },
}

pub fn run(globals: &Globals, args: &KeysArgs) -> anyhow::Result<Exit> {
    let desk = DeskArgs { keymap: args.keymap.clone(), ..DeskArgs::default() };
    let config = house::config(globals, &desk)?;
    let words = Words::new(config.lang.value);
    if let Some(KeysCommand::Check { file }) = &args.what {
        return check(file, &words);
    }
    let asked = match &config.desk.keymap.value {
        Asked::Name(name) => name.clone(),
        Asked::File(path) => path.display().to_string(),
    };
    let opened = keymap::open(&asked, &COMMANDS, |path: &Path| std::fs::read_to_string(path));
    for finding in &opened.findings {
        say(&finding.say(&words));
    }
    let mut out = Out::stdout();
    match &args.what {
        Some(KeysCommand::List) => list(&mut out, &opened.keymap, &words)?,
        _ => show(&mut out, &opened.keymap, &words)?,
    }
    out.finish()?;
    Ok(if opened.fell_back() { Exit::Found } else { Exit::Done })
}

fn check(file: &Path, words: &Words) -> anyhow::Result<Exit> {
    // A name would be looked up among the shipped keymaps; a file is meant here.
    let asked = if file.components().count() == 1 && file.extension().is_none() {
        Path::new(".").join(file)
    } else {
        file.to_owned()
    };
    let read = |path: &Path| std::fs::read_to_string(path);
    let (_, findings) = keymap::check(&asked.display().to_string(), &COMMANDS, read);
    for finding in &findings {
        say(&finding.say(words));
    }
    if !findings.is_empty() {
        return Ok(Exit::Found);
    }
    let mut out = Out::stdout();
    let name = file.display().to_string();
    writeln!(out, "{}", words.say_with("keys-fine", &[("file", name.into())]))?;
    out.finish()?;
    Ok(Exit::Done)
}

/// The keys by screen.
fn show(out: &mut Out, keymap: &Keymap, words: &Words) -> anyhow::Result<()> {
    writeln!(out, "# {}", keymap.name())?;
    for context in Context::ALL {
        let bound = keymap.bound(context);
        if bound.is_empty() {
            continue;
        }
        writeln!(out, "\n[{}]", context.name())?;
        let rows: Vec<Vec<String>> = bound
            .iter()
            .map(|bound| {
                vec![bound.keys.to_string(), bound.command.to_owned(), words.command(bound.command).into_owned()]
            })
            .collect();
        let head = ["keys-column-key", "keys-column-command", "keys-column-does"].map(|id| words.say(id));
        table::write(out, &head.each_ref().map(|cell| &**cell), &rows)?;
    }
    Ok(())
}

/// All commands with their keys.
fn list(out: &mut Out, keymap: &Keymap, words: &Words) -> anyhow::Result<()> {
    let rows: Vec<Vec<String>> = NAMES
        .iter()
        .map(|(name, contexts)| {
            let mut keys: Vec<String> =
                contexts.iter().flat_map(|context| keymap.keys_for(*context, name)).map(ToString::to_string).collect();
            keys.sort();
            keys.dedup();
            let screens: Vec<&str> = contexts.iter().map(|context| context.name()).collect();
            vec![(*name).to_owned(), keys.join(", "), screens.join(" "), words.command(name).into_owned()]
        })
        .collect();
    let columns = ["keys-column-command", "keys-column-key", "keys-column-screens", "keys-column-does"];
    let head = columns.map(|id| words.say(id));
    table::write(out, &head.each_ref().map(|cell| &**cell), &rows)?;
    Ok(())
}
