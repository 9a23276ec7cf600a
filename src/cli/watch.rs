//! `moddesk watch`: joins a floor to the supervisor's screen.

use super::Exit;
use super::args::{DeskArgs, Globals};
use super::desk::{is_plain, keymap, theme};
use super::house::{self, House, policies_of};
use super::remote::{self, RemoteError};
use super::zone;
use crate::config::policies;
use crate::desk::{FloorLine, Local, WorkingFloor};
use crate::moderation::{Client, Role};
use crate::plain;
use crate::store::StoreError;
use crate::store::sqlite::FILE;
use crate::team::client::Remote;
use crate::tui::command::Bindings;
use crate::tui::term::Cause;
use crate::tui::watch::{self, Face, Inbox, Settings};
use crate::wellbeing::Clock;
use crate::words::Words;
use anyhow::Context;
use clap::Args as Group;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::PathBuf;
use std::sync::Arc;

/// `moddesk watch`.
#[derive(Clone, Debug, Default, Group)]
pub struct WatchArgs {
    /// default, azerty, vim, one-hand, or a file
    #[arg(long, value_name = "NAME|FILE")]
    pub keymap: Option<String>,
    /// terminal, high-contrast or mono
    #[arg(long, value_name = "NAME")]
    pub theme: Option<String>,
    /// Line by line, for screen readers, pipes and dumb terminals
    #[arg(long)]
    pub plain: bool,
}

pub fn run(globals: &Globals, args: &WatchArgs) -> anyhow::Result<Exit> {
    let desk = DeskArgs { keymap: args.keymap.clone(), theme: args.theme.clone(), ..DeskArgs::default() };
    let config = house::config(globals, &desk)?;
    let words = Arc::new(Words::new(config.lang.value));
    let here = config.server.is_none() || globals.database.is_some();
    // The house stays open as long as the screen is: it owns the queue.
    let (line, clock, house): (Arc<dyn FloorLine>, Arc<dyn Clock>, Option<House>) = if here {
        let house = House::open(globals)?;
        house.sign_in_to_supervise()?;
        let resolve = Arc::new(|client: &Client| policies_of(client).unwrap_or_else(|_| policies::built_in().clone()));
        let backend = house.folder.join(FILE).display().to_string();
        let line = Local::new(Arc::clone(&house.store), house.me(), backend, resolve);
        (Arc::new(line), Arc::clone(&house.clock), Some(house))
    } else {
        let server = config.server.as_ref().context("there is no server to watch")?;
        let place = remote::place(server)?;
        let remote = remote::runtime()?.block_on(Remote::open(place)).map_err(RemoteError::of)?;
        if !remote.me().person.may(Role::Supervisor) {
            let who = &remote.me().person.name;
            return Err(RemoteError::NotAllowed(format!("{who} is no supervisor")).into());
        }
        let clock = Arc::new(remote.clock());
        (Arc::new(remote), clock, None)
    };
    let who = line.who().to_owned();
    if is_plain(args.plain) {
        let inbox = plain::watch::WatchInbox::new();
        let floor = WorkingFloor::open(line, inbox.floor_sink())?;
        let (zone, write_case) = (zone::of_this_machine(), Box::new(write_case));
        let face = plain::watch::Face { words, zone, clock, write_case };
        let cause = plain::watch::run(Box::new(floor), inbox, face)?;
        drop(house);
        return Ok(match cause {
            Some(plain::Cause::HangUp) => Exit::HungUp,
            Some(plain::Cause::Interrupt) => Exit::Interrupted,
            Some(plain::Cause::Terminate) => Exit::Terminated,
            None => Exit::Done,
        });
    }
    let mut notes = Vec::new();
    let keys = Bindings::new(keymap(&config, &words, &mut notes), words.lang());
    let inbox = Inbox::new();
    let floor = WorkingFloor::open(line, inbox.sink())?;
    let settings = Settings { who, zone: zone::of_this_machine(), bell: config.desk.bell.value, here };
    let (theme, keys) = (theme(&config), Arc::new(keys));
    let face = Face { settings, keys, words, theme, clock, write_case: Box::new(write_case) };
    let ended = watch::run(Box::new(floor), inbox, face)?;
    drop(house);
    notes.iter().for_each(|note| super::out::say(note));
    Ok(match ended.cause {
        Some(Cause::HangUp) => Exit::HungUp,
        Some(Cause::Interrupt) => Exit::Interrupted,
        Some(Cause::Terminate) => Exit::Terminated,
        None => Exit::Done,
    })
}

/// Writes a dossier into the folder where the command was started; nobody else may read it.
fn write_case(item: &str, text: &str) -> Result<PathBuf, String> {
    let safe = |c: char| if c.is_ascii_alphanumeric() || c == '-' || c == '_' { c } else { '_' };
    let name: String = item.chars().map(safe).take(80).collect();
    let folder = std::env::current_dir().map_err(|error| error.to_string())?;
    for n in 1..1_000 {
        let file = if n == 1 { format!("case-{name}.json") } else { format!("case-{name}-{n}.json") };
        let path = folder.join(file);
        match std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path) {
            Ok(mut file) => {
                let written = file.write_all(text.as_bytes()).and_then(|()| file.sync_all());
                return written.map(|()| path).map_err(|error| error.to_string());
            }
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error.to_string()),
        }
    }
    Err("there are a thousand of them already".into())
}

impl House {
    /// Whoever watches must be known, and may supervise: on the embedded queue its owner may do everything.
    fn sign_in_to_supervise(&self) -> anyhow::Result<()> {
        let me = self.me();
        let known = self.block(self.store.people())?.into_iter().find(|person| person.name == me);
        match known {
            Some(person) if !person.enabled || !person.may(Role::Supervisor) => Err(StoreError::Forbidden(format!(
                "{me} is no supervisor; `moddesk moderator set {me} --role supervisor` makes them one"
            ))
            .into()),
            Some(_) => Ok(()),
            None => self.sign_in().map(drop),
        }
    }
}
