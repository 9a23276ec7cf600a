//! `moddesk` and `moddesk desk`: joins a desk to a screen.

use super::Exit;
use super::args::{DeskArgs, Globals};
use super::check_in::{self, CheckIn};
use super::house::{self, House, policies_of};
use super::out::say;
use super::pixels::Terminal;
use super::{recent, remote, zone};
use crate::config::{self, Config, policies};
use crate::desk::help;
use crate::desk::{DeskOptions, Line, Local, Settings, Sink, Unsettled, WorkingDesk};
use crate::moderation::Client;
use crate::moderation::intake::Incoming;
use crate::plain;
use crate::store::ImportOptions;
use crate::store::sqlite::FILE;
use crate::tui::command::Bindings;
use crate::tui::command::names::COMMANDS;
use crate::tui::keymap;
use crate::tui::term::Cause;
use crate::tui::theme::Theme;
use crate::tui::{self, Face, Inbox};
use crate::wellbeing::{Clock, Reveal, Rules};
use crate::words::Words;
use anyhow::Context;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub fn run(globals: &Globals, args: DeskArgs) -> anyhow::Result<Exit> {
    let config = house::config(globals, &args)?;
    let words = Words::new(config.lang.value);
    if args.demo {
        let folder = Folder::make()?;
        let house = House::at(config, &folder.0, Rules::demo(), 1024)?;
        fill_with_demo(&house)?;
        return open(here(&house, &args)?, &args, words, Vec::new());
    }
    if config.server.is_some() {
        return open(remote::opening(config, &args)?, &args, words, Vec::new());
    }
    let mut notes = Vec::new();
    let house = House::open_desk(config)?;
    if is_new(&house)? {
        fill_with_demo(&house)?;
        notes.push(words.say("shift-filled-with-demo").into_owned());
    }
    open(here(&house, &args)?, &args, words, notes)
}

/// What a desk is opened on, wherever its queue is.
pub(super) struct Opening {
    pub config: Config,
    pub line: Arc<dyn Line>,
    pub clock: Arc<dyn Clock>,
    /// Where journals lie.
    pub journal: PathBuf,
    /// The rules of the queue.
    pub rules: Rules,
}

/// On the queue of this machine.
fn here(house: &House, args: &DeskArgs) -> anyhow::Result<Opening> {
    house.sign_in()?;
    let config = house.config.clone();
    let backend = std::fs::canonicalize(house.folder.join(FILE)).context("the queue's file went away")?;
    let resolve = Arc::new(|client: &Client| policies_of(client).unwrap_or_else(|_| policies::built_in().clone()));
    let line = Local::new(Arc::clone(&house.store), house.me(), backend.display().to_string(), resolve);
    let journal = if args.demo { house.folder.join("journal") } else { config.paths().journal() };
    let rules = if args.demo { Rules::demo() } else { config.wellbeing.value.clone() };
    Ok(Opening { line: Arc::new(line), clock: Arc::clone(&house.clock), journal, rules, config })
}

fn open(opening: Opening, args: &DeskArgs, words: Words, mut notes: Vec<String>) -> anyhow::Result<Exit> {
    let words = Arc::new(words);
    let clock = Arc::clone(&opening.clock);
    if is_plain(args.plain) {
        let inbox = plain::Inbox::new();
        let desk = desk(&opening, inbox.sink())?;
        let face = plain::Face { settings: settings(&opening, args, notes), words, clock };
        let ended = plain::run(Box::new(desk), inbox, face)?;
        recent::keeper(kept(&opening, args))(&ended.recent);
        let own = checks_in(&opening, args);
        for (at, mood, load) in ended.check_ins {
            own(CheckIn { at, mood, load });
        }
        tell(ended.taken_over.as_deref(), &ended.unsettled);
        return Ok(match ended.cause {
            Some(plain::Cause::HangUp) => Exit::HungUp,
            Some(plain::Cause::Interrupt) => Exit::Interrupted,
            Some(plain::Cause::Terminate) => Exit::Terminated,
            None if ended.refused_second => Exit::Failed,
            None => Exit::Done,
        });
    }
    let keys = Bindings::new(keymap(&opening.config, &words, &mut notes), words.lang());
    if Terminal::here().pictures(opening.config.desk.pictures.value).1 {
        notes.push(words.say("picture-in-cells").into_owned());
    }
    let inbox = Inbox::new();
    let desk = desk(&opening, inbox.sink())?;
    let theme = theme(&opening.config);
    let remember = recent::keeper(kept(&opening, args));
    let (settings, keys) = (settings(&opening, args, notes), Arc::new(keys));
    let own = checks_in(&opening, args);
    let check_in = Box::new(move |mood, load| own(CheckIn { at: jiff::Timestamp::now(), mood, load }));
    let face = Face { settings, keys, words, theme, clock, remember, check_in };
    let ended = tui::run(Box::new(desk), inbox, face)?;
    tell(ended.taken_over.as_deref(), &ended.unsettled);
    Ok(match ended.cause {
        Some(Cause::HangUp) => Exit::HungUp,
        Some(Cause::Interrupt) => Exit::Interrupted,
        Some(Cause::Terminate) => Exit::Terminated,
        None => Exit::Done,
    })
}

/// Line by line where it was asked for, and on a terminal that can do nothing else.
pub(super) fn is_plain(asked: bool) -> bool {
    asked || std::env::var_os("TERM").is_some_and(|term| term == "dumb")
}

/// Keeps a check-in, on this machine; of a throw-away queue nothing is.
fn checks_in(opening: &Opening, args: &DeskArgs) -> impl Fn(CheckIn) + use<> {
    let place = (!args.demo).then(|| check_in::place(&opening.config.paths().data_dir, opening.line.who()));
    move |one| {
        if let Some(place) = &place
            && let Err(error) = check_in::add(place, &one)
        {
            tracing::warn!(%error, "a check-in could not be kept");
        }
    }
}

/// Where it is kept what this moderator used last; of a throw-away queue nothing is.
fn kept(opening: &Opening, args: &DeskArgs) -> Option<PathBuf> {
    (!args.demo).then(|| recent::place(&opening.config.paths().data_dir, opening.line.who()))
}

fn desk(opening: &Opening, sink: Sink) -> anyhow::Result<WorkingDesk> {
    let config = &opening.config;
    let prefetch = u32::from(config.desk.prefetch.value);
    let (folder, queues) = (opening.journal.clone(), config.desk.queues.value.clone());
    let options = DeskOptions { folder, queues, prefetch, label: label() };
    Ok(WorkingDesk::open(Arc::clone(&opening.line), options, Arc::clone(&opening.clock), sink)?)
}

/// The keymap that was asked for, or the default with the reasons told on the first screen.
pub(super) fn keymap(config: &Config, words: &Words, notes: &mut Vec<String>) -> keymap::Keymap {
    let asked = match &config.desk.keymap.value {
        config::Keymap::Name(name) => name.clone(),
        config::Keymap::File(path) => path.display().to_string(),
    };
    let opened = keymap::open(&asked, &COMMANDS, |path: &Path| std::fs::read_to_string(path));
    notes.extend(opened.findings.iter().map(|finding| finding.say(words)));
    opened.keymap
}

fn settings(opening: &Opening, args: &DeskArgs, notes: Vec<String>) -> Settings {
    let config = &opening.config;
    let desk = &config.desk;
    Settings {
        moderator: opening.line.who().to_owned(),
        zone: zone::of_this_machine(),
        queues: desk.queues.value.clone(),
        hold: desk.hold.value,
        guard: desk.guard.value,
        confirm_unseen: desk.confirm_unseen.value,
        prefetch: u32::from(desk.prefetch.value),
        reveal: match desk.reveal.value {
            config::Reveal::Auto => Reveal::Auto,
            config::Reveal::UntilNext => Reveal::UntilNext,
            config::Reveal::For(time) => Reveal::For(time),
        },
        curtain_after: desk.curtain_after.value,
        curtain_word: desk.curtain_word.value.clone(),
        bell: desk.bell.value,
        pictures: Terminal::here().pictures(desk.pictures.value).0,
        colours: Terminal::here().colours(theme(config)),
        breathing: desk.breathing.value,
        check_in: desk.check_in.value,
        help: help::contacts(&desk.help.value, desk.country.value.clone().or_else(country).as_deref()),
        shift: args.until.map_or(desk.shift.value, |until| zone::time_until(until, opening.clock.now().wall)),
        go: args.go,
        demo: args.demo,
        rules: opening.rules.clone(),
        notes,
        recent: kept(opening, args).map(|place| recent::read(&place)).unwrap_or_default(),
    }
}

pub(super) fn theme(config: &Config) -> Theme {
    let theme = match config.desk.theme.value {
        config::Theme::Terminal => Theme::Terminal,
        config::Theme::HighContrast => Theme::HighContrast,
        config::Theme::Mono => Theme::Mono,
    };
    theme.without_colour_if(!config.color.value)
}

/// The country of this machine's locale.
fn country() -> Option<String> {
    let says = |name: &&str| std::env::var(name).ok().filter(|value| !value.is_empty());
    help::country_of(&["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(says)?)
}

/// How a second desk names this one to its moderator: the machine and the terminal.
fn label() -> String {
    let host = rustix::system::uname().nodename().to_string_lossy().into_owned();
    let tty = rustix::termios::ttyname(std::io::stdin(), Vec::new()).ok();
    let tty = tty.map(|name| name.to_string_lossy().trim_start_matches("/dev/").to_owned());
    tty.map_or_else(|| host.clone(), |tty| format!("{host}:{tty}"))
}

/// After the screen is gone: which desk took over, and what could not be recorded.
fn tell(taken_over: Option<&str>, unsettled: &[Unsettled]) {
    if let Some(desk) = taken_over {
        say(&format!("moddesk: another desk of yours ({desk}) has taken over"));
    }
    for unsettled in unsettled {
        let decision = &unsettled.decision;
        let why = match &unsettled.result {
            Some(result) => result.message.clone().unwrap_or_else(|| format!("{:?}", result.outcome).to_lowercase()),
            None => "not sent yet; it stays in the journal and goes out with the next desk".to_owned(),
        };
        say(&format!("moddesk: {} {}: {why}", decision.verdict.code(), decision.item));
    }
}

/// Whether nothing was ever brought into this queue. A queue in use says so on the first page of its log, so that the
/// desk opens on a million items as fast as on none.
fn is_new(house: &House) -> anyhow::Result<bool> {
    const PAGE: u32 = 64;
    let mut after = 0;
    loop {
        let page = house.block(house.store.audit(after, PAGE))?;
        if page.iter().any(|entry| entry.action.starts_with("item")) {
            return Ok(false);
        }
        match page.last() {
            Some(last) if page.len() == PAGE as usize => after = last.seq,
            _ => return Ok(true),
        }
    }
}

/// Clients, queues and items of the demo.
fn fill_with_demo(house: &House) -> anyhow::Result<()> {
    for client in config::demo::clients() {
        house.block(house.store.set_client(&client, "demo"))?;
    }
    for queue in config::demo::queues() {
        house.block(house.store.set_queue(&queue, "demo"))?;
    }
    let items = config::demo::items(house.now());
    let items = items.into_iter().zip(1..).map(|(item, line)| Incoming { line, item }).collect();
    let options = ImportOptions { queue: None, by: Some("demo".to_owned()) };
    let done = house.block(house.store.import(items, options))?;
    for (hash, bytes) in config::demo::pictures() {
        house.block(house.store.put_picture(&hash, bytes.to_vec()))?;
    }
    anyhow::ensure!(done.refused.is_empty(), "{} demo items were refused", done.refused.len());
    Ok(())
}

/// A folder of its own that goes away with the demo.
struct Folder(std::path::PathBuf);

impl Folder {
    fn make() -> anyhow::Result<Self> {
        let name = format!("moddesk-demo-{}", uuid::Uuid::now_v7().simple());
        let path = std::env::temp_dir().join(name);
        let paths = config::Paths { data_dir: path.clone() };
        paths.make().context("no folder can be made for the demo")?;
        Ok(Self(path))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
