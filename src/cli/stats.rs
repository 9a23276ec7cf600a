//! `moddesk stats`.

use super::args::{Globals, StatsArgs};
use super::house::House;
use super::out::Out;
use super::{Exit, table};
use crate::moderation::queue::QueueStats;
use serde::Serialize;
use std::io::Write;

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

pub fn run(globals: &Globals, args: &StatsArgs) -> anyhow::Result<Exit> {
    let house = House::open(globals)?;
    let mut rings = house.store.rings();
    loop {
        rings.mark_unchanged();
        let stats = house.block(async {
            anyhow::Ok(Stats {
                at: house.now(),
                queues: house.store.stats(false).await?,
                moderators: house
                    .store
                    .people()
                    .await?
                    .into_iter()
                    .map(|person| Moderator { name: person.name, enabled: person.enabled })
                    .collect(),
            })
        })?;
        let mut out = Out::stdout();
        if args.json {
            serde_json::to_writer(&mut out, &stats)?;
            writeln!(out)?;
        } else {
            write_table(&mut out, &stats)?;
        }
        out.finish()?;
        if !args.follow || house.block(rings.changed()).is_err() {
            return Ok(Exit::Done);
        }
    }
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
                count(queue.decided_today),
                oldest,
                count(queue.overdue),
                count(queue.due_15m),
                count(queue.stranded),
            ]
        })
        .collect();
    let head = ["queue", "client", "waiting", "leased", "decided today", "oldest", "overdue", "due 15 min", "stranded"];
    table::write(out, &head, &rows)
}
