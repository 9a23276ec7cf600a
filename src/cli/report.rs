//! `moddesk report client`: the week for a client.

use super::Exit;
use super::args::Globals;
use super::export::into_io;
use super::house::House;
use super::out::Out;
use crate::report::week::{AlertStory, IsoWeek, Week};
use crate::store::{AuditEntry, DecisionFilter, StoreError};
use crate::words::Words;
use clap::{Args, Subcommand, ValueEnum};
use jiff::Timestamp;
use std::collections::{BTreeMap, HashSet};
use std::path::PathBuf;

/// How many rows are asked of the store at a time.
const PAGE: u32 = 1000;

/// `moddesk report`.
#[derive(Clone, Debug, Args)]
pub struct ReportArgs {
    /// What.
    #[command(subcommand)]
    pub what: ReportCommand,
}

/// What can be reported.
#[derive(Clone, Debug, Subcommand)]
pub enum ReportCommand {
    /// A week for a client: volume, refusals, times, alerts; never a figure of one person
    Client {
        /// Which client
        name: String,
        /// The ISO week, as 47 or 2026-W47; the last whole one where not said
        #[arg(long, value_name = "WEEK")]
        week: Option<String>,
        /// To read, or to reckon with
        #[arg(long, default_value = "markdown")]
        format: WeekFormat,
        /// Into a file
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
}

/// How a week leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum WeekFormat {
    /// Markdown.
    Markdown,
    /// A table, a figure a row.
    Csv,
}

pub fn run(globals: &Globals, args: &ReportArgs) -> anyhow::Result<Exit> {
    let ReportCommand::Client { name, week, format, output } = &args.what;
    let house = House::open(globals)?;
    let clients = house.block(house.store.clients())?;
    let Some(client) = clients.into_iter().find(|client| client.name == *name) else {
        let name = name.clone();
        return Err(StoreError::Unknown { what: "client", name, hint: "`moddesk client list` lists them" }.into());
    };
    let now = house.now();
    let week = match week {
        Some(text) => IsoWeek::named(text, now).map_err(anyhow::Error::msg)?,
        None => IsoWeek::last(now),
    };
    let gathered = gather(&house, name, week.span())?;
    let words = Words::new(house.config.lang.value);
    let mut out = Out::to(output.as_deref())?;
    match format {
        WeekFormat::Csv => gathered.write_csv(&mut out).map_err(into_io)?,
        WeekFormat::Markdown => {
            let title = client.title.clone().unwrap_or_else(|| client.name.clone());
            let head = words.say_with("week-head", &[("client", title.into()), ("week", week.to_string().into())]);
            let policies = house.policies(name)?;
            let lang = words.lang().code();
            gathered.write(&mut out, &words, &head, |code| {
                policies.get(code).map_or_else(|| code.to_owned(), |policy| policy.title_in(lang).to_owned())
            })?;
        }
    }
    out.finish()?;
    Ok(Exit::Done)
}

fn gather(house: &House, client: &str, (since, until): (Timestamp, Timestamp)) -> anyhow::Result<Week> {
    let queues = house.block(house.store.queues())?;
    let own: HashSet<&str> =
        queues.iter().filter(|queue| queue.client == client).map(|queue| queue.name.as_str()).collect();
    let mut week = Week::default();
    let mut filter = DecisionFilter { since: Some(since), until: Some(until), names: false, after: 0, limit: PAGE };
    loop {
        let page = house.block(house.store.decisions(&filter))?;
        let Some((last, _)) = page.last() else { break };
        filter.after = *last;
        for (_, decision) in
            page.iter().filter(|(_, decision)| decision.queue.as_deref().is_some_and(|q| own.contains(q)))
        {
            let kept = house.block(house.store.item(&decision.item))?;
            week.add(decision, &kept.item, kept.due_at);
        }
    }
    for alert in alerts(house, since, until)? {
        if house.block(house.store.item(&alert.item)).is_ok_and(|kept| kept.client == client) {
            week.alert(alert);
        }
    }
    Ok(week)
}

/// The alerts raised in the week, with what became of them since.
fn alerts(house: &House, since: Timestamp, until: Timestamp) -> anyhow::Result<Vec<AlertStory>> {
    let mut stories: BTreeMap<String, AlertStory> = BTreeMap::new();
    let mut after = before(house, since)?;
    loop {
        let page = house.block(house.store.audit(after, PAGE))?;
        let Some(last) = page.last() else { break };
        after = last.seq;
        for entry in page.iter().filter(|entry| entry.action.starts_with("alert.")) {
            tell(&mut stories, entry, until);
        }
    }
    let mut stories: Vec<AlertStory> = stories.into_values().collect();
    stories.sort_by_key(|story| story.raised);
    Ok(stories)
}

fn tell(stories: &mut BTreeMap<String, AlertStory>, entry: &AuditEntry, until: Timestamp) {
    let text = |key: &str| entry.detail[key].as_str().unwrap_or_default().to_owned();
    let id = text("id");
    match entry.action.as_str() {
        "alert.raised" if entry.at < until => {
            let (kind, item) = (text("kind"), entry.subject.clone());
            stories.insert(id, AlertStory { kind, item, raised: entry.at, taken: None, withdrawn: false });
        }
        "alert.taken" => {
            if let Some(story) = stories.get_mut(&id) {
                story.taken = Some(entry.at);
            }
        }
        "alert.withdrawn" => {
            if let Some(story) = stories.get_mut(&id) {
                story.withdrawn = true;
            }
        }
        _ => {}
    }
}

/// The last entry before a moment, by halving: a year's log is not read for one week of it.
fn before(house: &House, since: Timestamp) -> anyhow::Result<u64> {
    let (mut low, mut high) = (0_u64, 1_u64);
    let is_before = |seq: u64| -> anyhow::Result<bool> {
        let found = house.block(house.store.audit(seq.saturating_sub(1), 1))?;
        Ok(found.first().is_some_and(|entry| entry.at < since))
    };
    while is_before(high)? {
        (low, high) = (high, high * 2);
    }
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if is_before(middle)? { low = middle } else { high = middle }
    }
    Ok(low)
}
