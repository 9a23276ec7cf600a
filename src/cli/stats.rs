//! `moddesk stats`.

use super::args::Globals;
use super::house::House;
use super::out::Out;
use super::remote::{self, RemoteError};
use super::{Exit, table};
use crate::desk::LineError;
use crate::moderation::Person;
use crate::moderation::queue::QueueStats;
use crate::team::client::Calls;
use clap::Args as Group;
use serde::Serialize;
use std::io::Write;
use std::time::Duration;

/// `moddesk stats`.
#[derive(Clone, Debug, Group)]
pub struct StatsArgs {
    /// As one JSON object
    #[arg(long)]
    pub json: bool,
    /// Again whenever something changes
    #[arg(long)]
    pub follow: bool,
}

/// The object that scripts read; its shape is the contract's.
#[derive(Serialize)]
struct Stats {
    at: jiff::Timestamp,
    queues: Vec<QueueStats>,
    /// What people can take now, never why not, never a figure of one person.
    moderators: Vec<Moderator>,
}

#[derive(Serialize)]
struct Moderator {
    name: String,
    enabled: bool,
}

impl Moderator {
    fn of(person: Person) -> Self {
        Self { name: person.name, enabled: person.enabled }
    }
}

/// Before a stream of events is asked for once more.
const AGAIN: Duration = Duration::from_secs(2);

pub fn run(globals: &Globals, args: &StatsArgs) -> anyhow::Result<Exit> {
    if globals.server.is_some() {
        return on_a_server(globals, args);
    }
    let house = House::open(globals)?;
    let mut rings = house.store.rings();
    loop {
        rings.mark_unchanged();
        let stats = house.block(async {
            let people = house.store.people().await?;
            let queues = house.store.stats(false).await?;
            anyhow::Ok(Stats { at: house.now(), queues, moderators: people.into_iter().map(Moderator::of).collect() })
        })?;
        write(&stats, args)?;
        if !args.follow || house.block(rings.changed()).is_err() {
            return Ok(Exit::Done);
        }
    }
}

/// The same from a team's server, followed by its stream of events.
fn on_a_server(globals: &Globals, args: &StatsArgs) -> anyhow::Result<Exit> {
    let calls = remote::calls(globals)?;
    remote::runtime()?.block_on(async {
        loop {
            // The stream first: what changes after it is opened is told by it.
            let feed = if args.follow { calls.feed(None).await } else { None };
            write_now(&calls, args).await.map_err(RemoteError::of)??;
            if !args.follow {
                return Ok(Exit::Done);
            }
            let Some(mut feed) = feed else {
                tokio::time::sleep(AGAIN).await;
                continue;
            };
            while let Some(frames) = feed.next().await {
                if frames.iter().any(|frame| frame.kind == "stats") {
                    write_now(&calls, args).await.map_err(RemoteError::of)??;
                }
            }
        }
    })
}

async fn write_now(calls: &Calls, args: &StatsArgs) -> Result<anyhow::Result<()>, LineError> {
    let (figures, people) = (calls.stats().await?, calls.moderators().await?);
    let moderators = people.moderators.into_iter().map(Moderator::of).collect();
    Ok(write(&Stats { at: figures.at, queues: figures.queues, moderators }, args))
}

fn write(stats: &Stats, args: &StatsArgs) -> anyhow::Result<()> {
    let mut out = Out::stdout();
    if args.json {
        serde_json::to_writer(&mut out, stats)?;
        writeln!(out)?;
    } else {
        write_table(&mut out, stats)?;
    }
    out.finish()
}

fn write_table(out: &mut Out, stats: &Stats) -> std::io::Result<()> {
    let rows: Vec<Vec<String>> = stats
        .queues
        .iter()
        .map(|queue| {
            let oldest =
                queue.oldest_received_at.map_or_else(|| "–".to_owned(), |at| at.strftime("%F %H:%MZ").to_string());
            let name = if queue.paused { format!("{} (paused)", queue.name) } else { queue.name.clone() };
            let count = |n: u64| n.to_string();
            vec![
                name,
                queue.client.clone(),
                count(queue.waiting),
                count(queue.leased),
                count(queue.parked),
                count(queue.decided_today),
                count(queue.breached_today),
                oldest,
                count(queue.overdue),
                count(queue.due_15m),
                count(queue.stranded),
            ]
        })
        .collect();
    let head = [
        "queue",
        "client",
        "waiting",
        "leased",
        "parked",
        "decided today",
        "late",
        "oldest",
        "overdue",
        "due 15 min",
        "stranded",
    ];
    table::write(out, &head, &rows)
}
