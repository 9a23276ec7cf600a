//! `moddesk queue`.

use super::args::{Globals, QueueArgs, QueueCommand, QueueSettings};
use super::house::House;
use super::out::Out;
use super::{Exit, table};
use crate::moderation::deadline::PauseReason;
use crate::moderation::item::is_name;
use crate::moderation::{Deadline, Queue};
use crate::store::StoreError;
use crate::wellbeing::Severity;
use crate::wellbeing::duration;
use anyhow::{Context, bail};
use std::io::Write;

pub fn run(globals: &Globals, args: &QueueArgs) -> anyhow::Result<Exit> {
    let house = House::open(globals)?;
    let mut out = Out::stdout();
    match &args.what {
        QueueCommand::List { json } => {
            let queues = house.block(house.store.queues())?;
            if *json {
                serde_json::to_writer_pretty(&mut out, &queues)?;
                writeln!(out)?;
            } else {
                table::write(&mut out, &HEAD, &queues.iter().map(row).collect::<Vec<_>>())?;
            }
        }
        QueueCommand::Add { name, settings } => {
            if !is_name(name) {
                bail!("a queue's name is 1 to 200 bytes of printable ASCII without spaces");
            }
            if house.block(house.store.queues())?.iter().any(|queue| queue.name == *name) {
                bail!("queue {name} is there already; change it with `moddesk queue set {name} …`");
            }
            let queue = change(&house, Queue::new(name, "default"), settings)?;
            house.block(house.store.set_queue(&queue, &house.me()))?;
            writeln!(out, "queue {name} added")?;
        }
        QueueCommand::Set { name, settings } => {
            let queue = change(&house, find(&house, name)?, settings)?;
            house.block(house.store.set_queue(&queue, &house.me()))?;
            writeln!(out, "queue {name} changed")?;
        }
        QueueCommand::Pause { name } => pause(&house, &mut out, name, true)?,
        QueueCommand::Resume { name } => pause(&house, &mut out, name, false)?,
        QueueCommand::Show(args) => {
            find(&house, &args.name)?;
            if args.filter.is_empty() {
                show(&house, &mut out, &args.name, args.json)?;
                if args.settings || args.json {
                    out.finish()?;
                    return Ok(Exit::Done);
                }
                writeln!(out)?;
            }
            out.finish()?;
            return super::show::run(&house, args);
        }
        QueueCommand::Erase { author } => {
            let erased = house.block(house.store.erase_author(author, &house.me()))?;
            writeln!(out, "{} items erased, {} mentions taken out of others", erased.items, erased.mentions)?;
        }
        QueueCommand::Expire => {
            let (items, media) = house.expire(u64::MAX)?;
            writeln!(out, "{items} items and the media of {media} let go")?;
        }
        QueueCommand::Release { name, passed, .. } => {
            find(&house, name)?;
            let released = house.block(house.store.release_queue(name, *passed, &house.me()))?;
            writeln!(out, "{released} given back")?;
        }
        QueueCommand::PauseDeadline { items, reason } => {
            let reason = PauseReason::ALL.into_iter().find(|known| known.code() == reason).context("no such reason")?;
            deadlines(&house, &mut out, items, Some(reason))?;
        }
        QueueCommand::ResumeDeadline { items } => deadlines(&house, &mut out, items, None)?,
        QueueCommand::Laws { json } => super::laws::write(&mut out, *json)?,
        QueueCommand::Withdraw { items } => {
            let withdrawn = house.block(house.store.withdraw(items, &house.me()))?;
            writeln!(out, "{} withdrawn", withdrawn.len())?;
            let missing: Vec<_> = items.iter().filter(|item| !withdrawn.contains(item)).collect();
            out.finish()?;
            for item in &missing {
                super::out::say(&format!("moddesk: no item {item} to withdraw"));
            }
            return Ok(if missing.is_empty() { Exit::Done } else { Exit::Partly });
        }
    }
    out.finish()?;
    Ok(Exit::Done)
}

const HEAD: [&str; 8] = ["queue", "client", "languages", "ceiling", "deadline", "warn at", "lease", "escalates to"];

fn row(queue: &Queue) -> Vec<String> {
    let or_all = |list: &[String]| if list.is_empty() { "all".to_owned() } else { list.join(",") };
    let seconds = |seconds: u64| duration::Span(std::time::Duration::from_secs(seconds)).to_string();
    vec![
        if queue.paused { format!("{} (paused)", queue.name) } else { queue.name.clone() },
        queue.client.clone(),
        or_all(&queue.languages),
        queue.severity_ceiling.to_string(),
        queue.deadline.as_ref().map_or_else(|| "none".to_owned(), ToString::to_string),
        seconds(queue.warn_at_s),
        seconds(queue.lease_s),
        queue.escalates_to.clone().unwrap_or_else(|| crate::moderation::queue::ESCALATED.to_owned()),
    ]
}

fn find(house: &House, name: &str) -> anyhow::Result<Queue> {
    let queues = house.block(house.store.queues())?;
    queues.into_iter().find(|queue| queue.name == *name).ok_or_else(|| {
        StoreError::Unknown { what: "queue", name: name.to_owned(), hint: "see `moddesk queue list`" }.into()
    })
}

fn change(house: &House, mut queue: Queue, settings: &QueueSettings) -> anyhow::Result<Queue> {
    let seconds = |key: &str, text: &str| -> anyhow::Result<u64> {
        let time = duration::parse(text).with_context(|| format!("--{key} {text}"))?;
        Ok(time.as_secs())
    };
    let mut changed: Vec<&str> = Vec::new();
    if let Some(client) = &settings.client {
        queue.client.clone_from(client);
        changed.push("client");
    }
    if let Some(title) = &settings.title {
        queue.title = Some(title.clone());
        changed.push("title");
    }
    if let Some(languages) = &settings.languages {
        queue.languages = super::moderator::list(languages);
        changed.push("languages");
    }
    if let Some(level) = settings.severity_ceiling {
        queue.severity_ceiling = Severity::new(level).context("severity is 0 to 4")?;
        changed.push("severity_ceiling");
    }
    if let Some(deadline) = &settings.deadline {
        let rule = || deadline.parse::<Deadline>().with_context(|| format!("--deadline {deadline}"));
        queue.deadline = if deadline == "none" { None } else { Some(rule()?) };
        changed.push("deadline");
    }
    if let Some(warn_at) = &settings.warn_at {
        queue.warn_at_s = seconds("warn-at", warn_at)?;
        changed.push("warn_at");
    }
    if let Some(lease) = &settings.lease {
        queue.lease_s = seconds("lease", lease)?.max(10);
        changed.push("lease");
    }
    if let Some(to) = &settings.escalates_to {
        queue.escalates_to = Some(to.clone());
        changed.push("escalates_to");
    }
    if let Some(departments) = &settings.departments {
        queue.departments = super::moderator::list(departments);
        changed.push("departments");
    }
    house.refuse_what_the_file_names("queues", &queue.name, &changed)?;
    Ok(queue)
}

fn deadlines(house: &House, out: &mut Out, items: &[String], reason: Option<PauseReason>) -> anyhow::Result<()> {
    for item in items {
        let due = house.block(house.store.pause_deadline(item, reason, &house.me()))?;
        let due = due.map_or_else(|| "its deadline stands still".to_owned(), |due| format!("due {due}"));
        writeln!(out, "{item}: {due}")?;
    }
    Ok(())
}

fn pause(house: &House, out: &mut Out, name: &str, paused: bool) -> anyhow::Result<()> {
    let mut queue = find(house, name)?;
    queue.paused = paused;
    house.block(house.store.set_queue(&queue, &house.me()))?;
    writeln!(out, "queue {name} {}", if paused { "paused" } else { "resumed" })?;
    Ok(())
}

fn show(house: &House, out: &mut Out, name: &str, json: bool) -> anyhow::Result<()> {
    let queue = find(house, name)?;
    let stats = house.block(house.store.stats(true))?.into_iter().find(|stats| stats.name == *name);
    if json {
        let both = serde_json::json!({ "queue": queue, "stats": stats });
        serde_json::to_writer_pretty(&mut *out, &both)?;
        writeln!(out)?;
        return Ok(());
    }
    table::write(out, &HEAD, &[row(&queue)])?;
    if let Some(stats) = stats {
        writeln!(
            out,
            "\n{} waiting, {} leased, {} parked, {} decided today ({} late), {} overdue, {} due within 15 min, {} stranded",
            stats.waiting,
            stats.leased,
            stats.parked,
            stats.decided_today,
            stats.breached_today,
            stats.overdue,
            stats.due_15m,
            stats.stranded
        )?;
    }
    Ok(())
}
