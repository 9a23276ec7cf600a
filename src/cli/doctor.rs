//! `moddesk doctor`: each thing a desk needs, `ok` or what to do.

use super::Exit;
use super::args::{DeskArgs, Globals};
use super::house::{self, House};
use super::out::Out;
use super::table;
use crate::config::Config;
use crate::wellbeing::Clock;
use std::io::{IsTerminal, Write};
use std::time::Duration;

/// One thing looked at: what it is, how it stands, and what to do where it does not stand well.
struct Check {
    what: &'static str,
    found: String,
    advice: Option<String>,
}

impl Check {
    fn ok(what: &'static str, found: impl Into<String>) -> Self {
        Self { what, found: found.into(), advice: None }
    }

    fn mend(what: &'static str, found: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { what, found: found.into(), advice: Some(advice.into()) }
    }
}

pub fn run(globals: &Globals) -> anyhow::Result<Exit> {
    let config = house::config(globals, &DeskArgs::default())?;
    let mut checks = vec![terminal(), size(), colours(&config), locale(), clock()];
    checks.extend(queue(&config));
    checks.push(journal(&config));
    let mut out = Out::stdout();
    for check in &checks {
        match &check.advice {
            None => writeln!(out, "{:<9} ok: {}", check.what, check.found)?,
            Some(advice) => writeln!(out, "{:<9} {}: {advice}", check.what, check.found)?,
        }
    }
    let file = config.file.as_ref().map_or_else(|| "none".to_owned(), |file| file.display().to_string());
    writeln!(out, "\nconfiguration file: {file}\n")?;
    let rows: Vec<Vec<String>> = config
        .settings()
        .into_iter()
        .map(|setting| vec![setting.key.to_owned(), setting.value, setting.source])
        .collect();
    table::write(&mut out, &["setting", "value", "from"], &rows)?;
    out.finish()?;
    Ok(if checks.iter().any(|check| check.advice.is_some()) { Exit::Found } else { Exit::Done })
}

fn terminal() -> Check {
    let term = std::env::var("TERM").unwrap_or_default();
    if !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
        return Check::mend("terminal", "none", "run `moddesk doctor` in the terminal that the desk is to open in");
    }
    match term.as_str() {
        "" | "dumb" => {
            Check::mend("terminal", "TERM is not set", "set TERM to what your terminal is, as xterm-256color")
        }
        term => Check::ok("terminal", term),
    }
}

fn size() -> Check {
    match crossterm::terminal::size() {
        Ok((columns, rows)) if columns >= 60 && rows >= 16 => Check::ok("size", format!("{columns}x{rows}")),
        Ok((columns, rows)) => {
            Check::mend("size", format!("{columns}x{rows}"), "the desk needs 60x16; 80x24 is comfortable")
        }
        Err(_) => Check::mend("size", "unknown", "the desk needs a terminal of 60x16 at least"),
    }
}

fn colours(config: &Config) -> Check {
    if config.color.value {
        Check::ok("colours", "16, as your terminal has them")
    } else {
        Check::ok("colours", format!("none ({})", config.color.source))
    }
}

fn locale() -> Check {
    let said = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(|name| {
        let value = std::env::var(name).ok().filter(|value| !value.is_empty())?;
        Some((name, value))
    });
    match said {
        Some((name, value)) if value.to_ascii_lowercase().replace('-', "").contains("utf8") => {
            Check::ok("locale", format!("{name}={value}"))
        }
        Some((name, value)) => {
            Check::mend("locale", format!("{name}={value}"), "not UTF-8; set LANG to a UTF-8 locale, as C.UTF-8")
        }
        None => Check::mend("locale", "not set", "set LANG to a UTF-8 locale, as C.UTF-8 or fr_FR.UTF-8"),
    }
}

/// A wall clock that goes back or stands in the past makes breaks longer and deadlines wrong.
fn clock() -> Check {
    let clock = crate::desk::SystemClock::new();
    let (first, second) = (clock.now(), clock.now());
    let built: jiff::Timestamp = "2026-11-01T00:00:00Z".parse().expect("a moment");
    if second.wall < first.wall {
        Check::mend("clock", "it goes back", "set the machine's time and keep it by NTP")
    } else if first.wall < built {
        Check::mend("clock", first.wall.strftime("%F %TZ").to_string(), "it is in the past; set the machine's time")
    } else if first.since_boot == Duration::ZERO {
        Check::mend("clock", "no boot clock", "breaks are timed by the wall clock alone on this machine")
    } else {
        Check::ok("clock", first.wall.strftime("%F %TZ").to_string())
    }
}

fn queue(config: &Config) -> Vec<Check> {
    let path = config.paths().data_dir.display().to_string();
    let house = match House::open_desk(config.clone()) {
        Ok(house) => house,
        Err(error) => return vec![Check::mend("queue", path, format!("{error:#}"))],
    };
    let stats = match house.block(house.store.stats(true)) {
        Ok(stats) => stats,
        Err(error) => return vec![Check::mend("queue", path, error.to_string())],
    };
    let waiting: u64 = stats.iter().map(|queue| queue.waiting).sum();
    let mut checks = vec![Check::ok("queue", format!("{path}, {waiting} waiting"))];
    let stranded: Vec<String> = stats
        .iter()
        .filter(|queue| queue.stranded > 0)
        .map(|queue| format!("{} in {}", queue.stranded, queue.name))
        .collect();
    if !stranded.is_empty() {
        checks.push(Check::mend(
            "stranded",
            stranded.join(", "),
            "nobody may take these; `moddesk queue release NAME --passed` gives them back",
        ));
    }
    checks
}

fn journal(config: &Config) -> Check {
    let folder = config.paths().journal();
    let entries = std::fs::read_dir(&folder).map(|entries| entries.flatten().count()).unwrap_or_default();
    let probe = config.paths().data_dir.join(".doctor");
    let writes = std::fs::write(&probe, b"moddesk").and_then(|()| std::fs::remove_file(&probe));
    match writes {
        Ok(()) => {
            let journals = if entries == 1 { "journal" } else { "journals" };
            Check::ok("journal", format!("{}, {entries} {journals}", folder.display()))
        }
        Err(error) => {
            Check::mend("journal", error.to_string(), "free some space, or check who owns the data directory")
        }
    }
}
