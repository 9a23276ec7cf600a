//! `moddesk queue`.

use super::args::Globals;
use super::door::Door;
use super::out::Out;
use super::queue_settings::{QueueSettings, change};
use super::{Exit, table};
use crate::moderation::Queue;
use crate::moderation::deadline::PauseReason;
use crate::moderation::item::is_name;
use crate::store::StoreError;
use crate::team::api::queues::Change;
use crate::wellbeing::duration;
use anyhow::{Context, bail};
use clap::{Args as Group, Subcommand};
use std::io::Write;

/// `moddesk queue`.
#[derive(Clone, Debug, Group)]
pub struct QueueArgs {
    /// What.
    #[command(subcommand)]
    pub what: QueueCommand,
}

/// What can be done with queues.
#[derive(Clone, Debug, Subcommand)]
pub enum QueueCommand {
    /// All queues
    List {
        /// As a JSON array
        #[arg(long)]
        json: bool,
    },
    /// Make one
    Add {
        /// Its name
        name: String,
        /// Its settings.
        #[command(flatten)]
        settings: QueueSettings,
    },
    /// Change one
    Set {
        /// Its name
        name: String,
        /// Its settings.
        #[command(flatten)]
        settings: QueueSettings,
    },
    /// Serve nothing from it
    Pause {
        /// Its name
        name: String,
        /// Why, for whoever wonders
        #[arg(long, value_name = "WHY")]
        reason: Option<String>,
    },
    /// Serve from it again
    Resume {
        /// Its name
        name: String,
    },
    /// Move items to another queue; whoever holds one loses it
    Move {
        /// Their ids
        #[arg(required = true)]
        items: Vec<String>,
        /// The queue they go to
        #[arg(long, value_name = "QUEUE")]
        to: String,
    },
    /// One queue: its settings and figures, and what stands in it, by a filter
    Show(super::show::ShowArgs),
    /// Give back what was passed, or what was escalated
    #[command(group(clap::ArgGroup::new("what").required(true).args(["passed", "escalated"])))]
    Release {
        /// Its name
        name: String,
        /// What its moderators passed
        #[arg(long)]
        passed: bool,
        /// What was escalated from it
        #[arg(long)]
        escalated: bool,
    },
    /// Erase everything of an author on their request; ids and verdicts stay
    Erase {
        /// Their id
        #[arg(long, value_name = "ID")]
        author: String,
    },
    /// Let go now what clients do not want kept any longer; a desk that opens does it by itself
    Expire,
    /// Stop the clock of items' deadlines, for a reason that is recorded
    PauseDeadline {
        /// Their ids
        #[arg(required = true)]
        items: Vec<String>,
        /// Why
        #[arg(long, value_name = "REASON", value_parser = ["clarification", "force_majeure", "awaiting_party", "authority"])]
        reason: String,
    },
    /// Let items' deadlines go on with what was left
    ResumeDeadline {
        /// Their ids
        #[arg(required = true)]
        items: Vec<String>,
    },
    /// Deadlines that laws and standards set, by the names that --deadline takes
    Laws {
        /// As a JSON array
        #[arg(long)]
        json: bool,
    },
    /// Withdraw items; their history stays
    Withdraw {
        /// Their ids
        #[arg(required = true)]
        items: Vec<String>,
    },
}

pub fn run(globals: &Globals, args: &QueueArgs) -> anyhow::Result<Exit> {
    if let QueueCommand::Laws { json } = &args.what {
        let mut out = Out::stdout();
        super::laws::write(&mut out, *json)?;
        out.finish()?;
        return Ok(Exit::Done);
    }
    let door = Door::open(globals)?;
    let mut out = Out::stdout();
    match &args.what {
        QueueCommand::List { json } => {
            let queues = door.queues()?;
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
            if door.queues()?.iter().any(|queue| queue.name == *name) {
                bail!("queue {name} is there already; change it with `moddesk queue set {name} …`");
            }
            let (change, said) = change(settings)?;
            door.set_queue(Queue::new(name, "default"), change, &said)?;
            writeln!(out, "queue {name} added")?;
        }
        QueueCommand::Set { name, settings } => {
            let (change, said) = change(settings)?;
            door.set_queue(find(&door, name)?, change, &said)?;
            writeln!(out, "queue {name} changed")?;
        }
        QueueCommand::Pause { name, reason } => pause(&door, &mut out, name, true, reason.clone())?,
        QueueCommand::Resume { name } => pause(&door, &mut out, name, false, None)?,
        QueueCommand::Move { items, to } => {
            find(&door, to)?;
            for item in items {
                door.move_item(item, to)?;
                writeln!(out, "{item}: in {to} now")?;
            }
        }
        QueueCommand::Show(args) => {
            find(&door, &args.name)?;
            if args.filter.is_empty() {
                show(&door, &mut out, &args.name, args.json)?;
                if args.settings || args.json {
                    out.finish()?;
                    return Ok(Exit::Done);
                }
                writeln!(out)?;
            }
            out.finish()?;
            return super::show::run(&door, args);
        }
        QueueCommand::Erase { author } => {
            let (items, mentions) = door.erase_author(author)?;
            writeln!(out, "{items} items erased, {mentions} mentions taken out of others")?;
        }
        QueueCommand::Expire => {
            let (items, media) = door.expire()?;
            writeln!(out, "{items} items and the media of {media} let go")?;
        }
        QueueCommand::Release { name, passed, .. } => {
            find(&door, name)?;
            let released = door.give_back(name, *passed)?;
            writeln!(out, "{released} given back")?;
        }
        QueueCommand::PauseDeadline { items, reason } => {
            let reason = PauseReason::ALL.into_iter().find(|known| known.code() == reason).context("no such reason")?;
            deadlines(&door, &mut out, items, Some(reason))?;
        }
        QueueCommand::ResumeDeadline { items } => deadlines(&door, &mut out, items, None)?,
        QueueCommand::Laws { .. } => {}
        QueueCommand::Withdraw { items } => {
            let withdrawn = door.withdraw(items)?;
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

fn find(door: &Door, name: &str) -> anyhow::Result<Queue> {
    door.queues()?.into_iter().find(|queue| queue.name == *name).ok_or_else(|| {
        StoreError::Unknown { what: "queue", name: name.to_owned(), hint: "`moddesk queue list` lists them" }.into()
    })
}

fn deadlines(door: &Door, out: &mut Out, items: &[String], reason: Option<PauseReason>) -> anyhow::Result<()> {
    for item in items {
        let due = door.pause_deadline(item, reason)?;
        let due = due.map_or_else(|| "its deadline stands still".to_owned(), |due| format!("due {due}"));
        writeln!(out, "{item}: {due}")?;
    }
    Ok(())
}

fn pause(door: &Door, out: &mut Out, name: &str, paused: bool, reason: Option<String>) -> anyhow::Result<()> {
    let change = Change { paused: Some(paused), reason, ..Change::default() };
    door.set_queue(find(door, name)?, change, &[])?;
    writeln!(out, "queue {name} {}", if paused { "paused" } else { "resumed" })?;
    Ok(())
}

fn show(door: &Door, out: &mut Out, name: &str, json: bool) -> anyhow::Result<()> {
    let queue = find(door, name)?;
    let stats = door.stats()?.into_iter().find(|stats| stats.name == *name);
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
