//! The configuration file as it stands: every key may be left out, every value has its line.

use super::mistake::Mistake;
use super::sheet::{Found, Sheet, Table, cut};
use crate::moderation::Deadline;
use crate::moderation::item::is_name;
use crate::wellbeing::{RawRules, Rules, RulesError, Severity};
use crate::words::Lang;
use std::time::Duration;

/// The whole file.
#[derive(Debug, Default)]
#[allow(missing_docs, reason = "the tables of the file, explained in the contract and at the resolved fields")]
pub struct RawConfig {
    pub desk: RawDesk,
    pub server: RawServer,
    pub wellbeing: Option<Found<Rules>>,
    pub clients: Vec<(Found<String>, RawClient)>,
    pub queues: Vec<(Found<String>, RawQueue)>,
}

/// `[desk]`
#[derive(Debug, Default)]
#[allow(missing_docs, reason = "the keys of the file, each explained at its resolved field")]
pub struct RawDesk {
    pub moderator: Option<Found<String>>,
    pub queues: Option<Found<Vec<String>>>,
    pub lang: Option<Found<Lang>>,
    pub keymap: Option<Found<String>>,
    pub theme: Option<Found<Theme>>,
    pub shift: Option<Found<Duration>>,
    pub hold: Option<Found<Duration>>,
    pub guard: Option<Found<Duration>>,
    pub confirm_unseen: Option<Found<bool>>,
    pub prefetch: Option<Found<u8>>,
    pub alike: Option<Found<u8>>,
    pub reveal: Option<Found<Reveal>>,
    pub curtain_after: Option<Found<Duration>>,
    pub curtain_word: Option<Found<String>>,
    pub bell: Option<Found<bool>>,
    pub pictures: Option<Found<Pictures>>,
    pub breathing: Option<Found<bool>>,
    pub check_in: Option<Found<bool>>,
    pub country: Option<Found<String>>,
    pub help: Option<Found<Vec<Found<String>>>>,
}

/// `[server]`
#[derive(Debug, Default)]
#[allow(missing_docs, reason = "the keys of the file, each explained at its resolved field")]
pub struct RawServer {
    pub url: Option<Found<String>>,
    pub token_file: Option<Found<String>>,
    pub ca_file: Option<Found<String>>,
}

/// `[clients.NAME]`
#[derive(Debug, Default)]
#[allow(missing_docs, reason = "the keys of the file, each explained at its resolved field")]
pub struct RawClient {
    pub name: Option<Found<String>>,
    pub charter: Option<Found<String>>,
    pub policies: Option<Found<String>>,
    pub templates: Option<Found<String>>,
    pub topics: Option<Found<Vec<Found<String>>>>,
    pub new_topics: Option<Found<bool>>,
    pub keep_content: Option<Found<Option<Duration>>>,
    pub keep_media: Option<Found<Option<Duration>>>,
    pub keep_removed: Option<Found<Option<Duration>>>,
    pub contacts: Option<Found<Vec<Found<String>>>>,
    pub hours: Option<Found<String>>,
}

/// `[queues.NAME]`
#[derive(Debug, Default)]
#[allow(missing_docs, reason = "the keys of the file, each explained at its resolved field")]
pub struct RawQueue {
    pub client: Option<Found<String>>,
    pub title: Option<Found<String>>,
    pub languages: Option<Found<Vec<Found<String>>>>,
    pub severity_ceiling: Option<Found<Severity>>,
    pub deadline: Option<Found<Option<Deadline>>>,
    pub warn_at: Option<Found<Duration>>,
    pub lease: Option<Found<Duration>>,
    pub escalates_to: Option<Found<String>>,
    pub paused: Option<Found<bool>>,
    pub departments: Option<Found<Vec<Found<String>>>>,
}

/// How the desk is coloured; no meaning hangs on a colour alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// The terminal's own 16 colours.
    #[default]
    Terminal,
    /// Black, white and yellow.
    HighContrast,
    /// None.
    Mono,
}

/// How pictures are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pictures {
    /// In cells.
    #[default]
    HalfBlocks,
    /// By the terminal itself.
    Kitty,
    /// Not at all.
    None,
}

impl Pictures {
    /// As the file writes it.
    pub fn code(self) -> &'static str {
        PICTURES.iter().find(|(_, known)| *known == self).map_or("none", |(name, _)| name)
    }
}

/// How long an opened text stays uncovered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reveal {
    /// As long as it takes to read, by its length.
    #[default]
    Auto,
    /// This long.
    For(Duration),
    /// Until the next item.
    UntilNext,
}

pub(crate) const LANGS: [(&str, Lang); 2] = [("en", Lang::En), ("fr", Lang::Fr)];
pub(crate) const PICTURES: [(&str, Pictures); 3] =
    [("half-blocks", Pictures::HalfBlocks), ("kitty", Pictures::Kitty), ("none", Pictures::None)];
pub(crate) const THEMES: [(&str, Theme); 3] =
    [("terminal", Theme::Terminal), ("high-contrast", Theme::HighContrast), ("mono", Theme::Mono)];

const MILLISECOND: Duration = Duration::from_millis(1);
const SECOND: Duration = Duration::from_secs(1);
const DAY: Duration = Duration::from_secs(86_400);
const KEPT: Duration = Duration::from_secs(30 * 366 * 86_400);
const YEAR: Duration = Duration::from_secs(366 * 86_400);

/// Reads a file and names every mistake in it.
pub fn read(text: &str) -> (RawConfig, Vec<Mistake>) {
    let sheet = Sheet::parse(text);
    let root = sheet.root();
    let raw = RawConfig {
        desk: root.table("desk").map(read_desk).unwrap_or_default(),
        server: root.table("server").map(read_server).unwrap_or_default(),
        wellbeing: read_wellbeing(&root),
        clients: root.tables("clients").into_iter().map(|(name, table)| (name, read_client(table))).collect(),
        queues: root.tables("queues").into_iter().map(|(name, table)| (name, read_queue(table))).collect(),
    };
    for (what, name) in
        raw.clients.iter().map(|(name, _)| ("client", name)).chain(raw.queues.iter().map(|(name, _)| ("queue", name)))
    {
        check_name(&root, what, name);
    }
    root.finish();
    (raw, sheet.mistakes())
}

fn read_desk(table: Table<'_, '_>) -> RawDesk {
    let desk = RawDesk {
        moderator: table.string("moderator"),
        queues: table.strings("queues").map(|queues| {
            queues.value.iter().for_each(|queue| check_name(&table, "queue", queue));
            queues.map(|queues| queues.into_iter().map(|queue| queue.value).collect())
        }),
        lang: table.one_of("lang", &LANGS),
        keymap: table.string("keymap"),
        theme: table.one_of("theme", &THEMES),
        shift: table.duration("shift", SECOND..=DAY),
        hold: table.duration("hold", Duration::ZERO..=60 * SECOND),
        guard: table.duration("guard", Duration::ZERO..=SECOND),
        confirm_unseen: table.boolean("confirm_unseen"),
        prefetch: table
            .whole("prefetch", 1..=20)
            .map(|found| found.map(|items| u8::try_from(items).expect("the range was just checked"))),
        alike: table
            .whole("alike", 20..=95)
            .map(|found| found.map(|percent| u8::try_from(percent).expect("the range was just checked"))),
        reveal: read_reveal(&table),
        curtain_after: table.duration("curtain_after", SECOND..=DAY),
        curtain_word: read_word(&table),
        bell: table.boolean("bell"),
        pictures: table.one_of("pictures", &PICTURES),
        breathing: table.boolean("breathing"),
        check_in: table.boolean("check_in"),
        country: table.string("country"),
        help: table.strings("help"),
    };
    if let Some(country) = &desk.country
        && !(country.value.len() == 2 && country.value.bytes().all(|byte| byte.is_ascii_alphabetic()))
    {
        table.note(country.byte, "country must be two letters such as \"FR\"");
    }
    if let Some(moderator) = &desk.moderator {
        check_name(&table, "moderator", moderator);
    }
    table.finish();
    desk
}

/// What raises the curtain: it is typed blind, so it is one short line.
fn read_word(table: &Table<'_, '_>) -> Option<Found<String>> {
    let found = table.string("curtain_word")?;
    let fits = (1..=64).contains(&found.value.chars().count()) && !found.value.chars().any(char::is_control);
    if !fits {
        table.note(found.byte, "curtain_word must be 1 to 64 characters on one line");
    }
    fits.then_some(found)
}

fn read_reveal(table: &Table<'_, '_>) -> Option<Found<Reveal>> {
    table.duration_or("reveal", "auto", Duration::ZERO..=3_600 * SECOND).map(|found| {
        found.map(|length| match length {
            None => Reveal::Auto,
            Some(Duration::ZERO) => Reveal::UntilNext,
            Some(length) => Reveal::For(length),
        })
    })
}

fn read_server(table: Table<'_, '_>) -> RawServer {
    let server = RawServer {
        url: table.string("url"),
        token_file: table.string("token_file"),
        ca_file: table.string("ca_file"),
    };
    if let Some(url) = &server.url
        && let Err(why) = check_url(&url.value)
    {
        table.note(url.byte, format!("url {why}"));
    }
    table.finish();
    server
}

/// Whether a text can be a server's address. A name and password in it are refused, since addresses are shown.
pub(crate) fn check_url(url: &str) -> Result<(), &'static str> {
    let must = "must be the server's address, such as \"https://queue.example\"";
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")).ok_or(must)?;
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if host.contains('@') {
        return Err("must have no name or password in it: the token goes into token_file");
    }
    let fits = !host.is_empty() && rest.bytes().all(|byte| byte.is_ascii_graphic());
    if fits { Ok(()) } else { Err(must) }
}

fn read_wellbeing(root: &Table<'_, '_>) -> Option<Found<Rules>> {
    let raw = root.own::<RawRules>("wellbeing")?;
    match raw.value.clone().resolve() {
        Ok(rules) => Some(raw.map(|_| rules)),
        Err(error) => {
            let key = match &error {
                RulesError::Weaker(keys) => keys.first().copied(),
                RulesError::Discount(key) | RulesError::Invalid { key, .. } => Some(*key),
            };
            let byte = key.and_then(|key| root.byte_of("wellbeing", key)).unwrap_or(raw.byte);
            root.note(byte, format!("{error}"));
            None
        }
    }
}

fn read_client(table: Table<'_, '_>) -> RawClient {
    let client = RawClient {
        name: table.string("name"),
        charter: table.string("charter"),
        policies: table.string("policies"),
        templates: table.string("templates"),
        topics: table.strings("topics"),
        new_topics: table.boolean("new_topics"),
        keep_content: table.duration_or("keep_content", "none", SECOND..=KEPT),
        keep_media: table.duration_or("keep_media", "none", SECOND..=KEPT),
        keep_removed: table.duration_or("keep_removed", "none", SECOND..=KEPT),
        contacts: table.strings("contacts"),
        hours: table.string("hours"),
    };
    for topic in client.topics.iter().flat_map(|topics| &topics.value) {
        if topic.value.trim().is_empty() || topic.value.chars().count() > 80 || topic.value.contains(char::is_control) {
            table.note(topic.byte, "a topic is a line of 1 to 80 characters, since it heads a chapter of the report");
        }
    }
    table.finish();
    client
}

fn read_queue(table: Table<'_, '_>) -> RawQueue {
    let queue = RawQueue {
        client: table.string("client"),
        title: table.string("title"),
        languages: table.strings("languages"),
        severity_ceiling: table.whole("severity_ceiling", 0..=4).map(|found| {
            found.map(|level| u8::try_from(level).ok().and_then(Severity::new).expect("the range was just checked"))
        }),
        deadline: read_deadline(&table),
        warn_at: table.duration("warn_at", Duration::ZERO..=YEAR),
        lease: table.duration("lease", SECOND..=DAY),
        escalates_to: table.string("escalates_to"),
        paused: table.boolean("paused"),
        departments: table.strings("departments"),
    };
    for language in queue.languages.iter().flat_map(|languages| &languages.value) {
        let shape = |c: char| c.is_ascii_alphanumeric() || c == '-';
        if !(2..=35).contains(&language.value.len()) || !language.value.chars().all(shape) {
            table.note(language.byte, format!("\"{}\" is no language: write fr, en or pt-BR", cut(&language.value)));
        }
    }
    for (what, name) in [("client", &queue.client), ("queue", &queue.escalates_to)] {
        if let Some(name) = name {
            check_name(&table, what, name);
        }
    }
    table.finish();
    queue
}

/// A rule, or `none`.
fn read_deadline(table: &Table<'_, '_>) -> Option<Found<Option<Deadline>>> {
    let found = table.string_or("deadline", "a rule in quotes such as \"1h\" or \"tco_1h\", or \"none\"")?;
    if found.value == "none" {
        return Some(found.map(|_| None));
    }
    match found.value.parse::<Deadline>() {
        Ok(rule) => Some(found.map(|_| Some(rule))),
        Err(error) => {
            table.note(found.byte, format!("deadline: {error}"));
            None
        }
    }
}

fn check_name(table: &Table<'_, '_>, what: &str, name: &Found<String>) {
    if !is_name(&name.value) {
        let must = "must be 1 to 200 printable ASCII characters without spaces";
        table.note(name.byte, format!("the name of a {what} {must}, not \"{}\"", cut(&name.value)));
    }
}

/// Everything that a queue counts in whole seconds, rounded up so that no limit becomes nothing.
pub(crate) fn seconds(length: Duration) -> u64 {
    length.as_secs() + u64::from(length.subsec_nanos() >= MILLISECOND.subsec_nanos())
}
