//! `moddesk webhook`: who is told of decisions, reversals and alerts, and what has not arrived.

use super::args::Globals;
use super::house::House;
use super::out::Out;
use super::remote::{self, RemoteError};
use super::{Exit, table};
use crate::moderation::webhook::{DeliveryNow, HookEvent, Replay, Replayed, WebhookNow};
use crate::store::StoreError;
use crate::store::outgoing::HookSecret;
use crate::team::api::webhooks::{Added, Change, Request};
use crate::team::client::Calls;
use crate::text::scrub;
use anyhow::{Context, bail};
use clap::{Args as Group, Subcommand, ValueEnum};
use jiff::Timestamp;
use std::io::Write;
use tokio::runtime::Runtime;

/// `moddesk webhook`.
#[derive(Clone, Debug, Group)]
pub struct WebhookArgs {
    /// What.
    #[command(subcommand)]
    pub what: WebhookCommand,
}

/// What a webhook can be told of, as it is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Of {
    /// What was decided
    Decision,
    /// What was undone
    Reversal,
    /// Imminent harm
    Alert,
}

impl From<Of> for HookEvent {
    fn from(of: Of) -> Self {
        match of {
            Of::Decision => Self::Decision,
            Of::Reversal => Self::Reversal,
            Of::Alert => Self::Alert,
        }
    }
}

/// What can be set of a webhook.
#[derive(Clone, Debug, Default, Group)]
pub struct Settings {
    /// Only of this client's items (repeatable); of all otherwise
    #[arg(long = "client", value_name = "NAME")]
    pub clients: Option<Vec<String>>,
    /// What of; all three where nothing is said
    #[arg(long, value_enum, value_delimiter = ',', value_name = "EVENT,…")]
    pub events: Option<Vec<Of>>,
}

/// What can be done with webhooks.
#[derive(Clone, Debug, Subcommand)]
pub enum WebhookCommand {
    /// All of them, and how they stand
    List {
        /// As a JSON array
        #[arg(long)]
        json: bool,
    },
    /// One, and what has not arrived
    Show {
        /// Which
        name: String,
        /// As one JSON document
        #[arg(long)]
        json: bool,
    },
    /// Make one; its secret is shown this once
    Add {
        /// How it is called
        name: String,
        /// Where to: http:// or https://
        #[arg(long, value_name = "URL")]
        url: String,
        /// What is told
        #[command(flatten)]
        settings: Settings,
        /// With the item's own words, and those of replies and notes
        #[arg(long)]
        with_content: bool,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Change one; its secret stays
    Set {
        /// Which
        name: String,
        /// Where to
        #[arg(long, value_name = "URL")]
        url: Option<String>,
        /// What is told
        #[command(flatten)]
        settings: Settings,
        /// With the item's own words, or no longer
        #[arg(long, value_name = "yes|no", value_parser = clap::builder::BoolishValueParser::new())]
        with_content: Option<bool>,
    },
    /// Send nothing until it is resumed; nothing is lost
    Pause {
        /// Which
        name: String,
    },
    /// Send again, also where it was turned off
    Resume {
        /// Which
        name: String,
    },
    /// Send what was given up once more, or everything since a moment
    Replay {
        /// Which
        name: String,
        /// Everything from this moment on, whether it had arrived or not
        #[arg(long, value_name = "TIME", value_parser = super::args::moment)]
        since: Option<Timestamp>,
    },
    /// Take one away, with all it still had to send
    Remove {
        /// Which
        name: String,
    },
}

/// Where the webhooks are kept.
enum Kept {
    House(Box<House>),
    Server(Box<Calls>, Runtime),
}

impl Kept {
    fn open(globals: &Globals) -> anyhow::Result<Self> {
        if globals.database.is_some() {
            return Ok(Self::House(Box::new(House::open(globals)?)));
        }
        if globals.server.is_none() {
            bail!("a team's server sends webhooks; say which: --server URL, or --database URL");
        }
        Ok(Self::Server(Box::new(remote::calls(globals)?), remote::runtime()?))
    }

    fn all(&self) -> anyhow::Result<Vec<WebhookNow>> {
        match self {
            Self::House(house) => Ok(house.block(house.store.webhooks())?),
            Self::Server(calls, runtime) => Ok(runtime.block_on(calls.webhooks()).map_err(RemoteError::of)?.webhooks),
        }
    }

    fn one(&self, name: &str) -> anyhow::Result<WebhookNow> {
        let found = self.all()?.into_iter().find(|known| known.webhook.name == name);
        let hint = "`moddesk webhook list` lists them";
        Ok(found.ok_or_else(|| StoreError::Unknown { what: "webhook", name: name.to_owned(), hint })?)
    }

    fn deliveries(&self, name: &str) -> anyhow::Result<Vec<DeliveryNow>> {
        match self {
            Self::House(house) => Ok(house.block(house.store.deliveries(name))?),
            Self::Server(calls, runtime) => {
                Ok(runtime.block_on(calls.webhook(name)).map_err(RemoteError::of)?.deliveries)
            }
        }
    }

    fn add(&self, asked: Request) -> anyhow::Result<Added> {
        match self {
            Self::House(house) => {
                let secret = HookSecret::mint()?;
                let webhook = asked.webhook();
                house.block(house.store.set_webhook(&webhook, Some(&secret), &house.me()))?;
                Ok(Added { name: webhook.name, secret: secret.reveal() })
            }
            Self::Server(calls, runtime) => runtime.block_on(calls.add_webhook(&asked)).map_err(RemoteError::of),
        }
    }

    fn change(&self, name: &str, change: Change) -> anyhow::Result<()> {
        match self {
            Self::House(house) => {
                let webhook = change.over(self.one(name)?.webhook);
                Ok(house.block(house.store.set_webhook(&webhook, None, &house.me()))?)
            }
            Self::Server(calls, runtime) => {
                runtime.block_on(calls.change_webhook(name, &change)).map(drop).map_err(RemoteError::of)
            }
        }
    }

    fn remove(&self, name: &str) -> anyhow::Result<()> {
        match self {
            Self::House(house) => Ok(house.block(house.store.remove_webhook(name, &house.me()))?),
            Self::Server(calls, runtime) => {
                runtime.block_on(calls.remove_webhook(name)).map(drop).map_err(RemoteError::of)
            }
        }
    }

    fn replay(&self, name: &str, what: &Replay) -> anyhow::Result<Replayed> {
        match self {
            Self::House(house) => Ok(house.block(house.store.replay_webhook(name, what, &house.me()))?),
            Self::Server(calls, runtime) => runtime.block_on(calls.replay_webhook(name, what)).map_err(RemoteError::of),
        }
    }
}

pub fn run(globals: &Globals, args: &WebhookArgs) -> anyhow::Result<Exit> {
    let kept = Kept::open(globals)?;
    let mut out = Out::stdout();
    match &args.what {
        WebhookCommand::List { json } => list(&mut out, &kept.all()?, *json)?,
        WebhookCommand::Show { name, json } => show(&mut out, &kept.one(name)?, &kept.deliveries(name)?, *json)?,
        WebhookCommand::Add { name, url, settings, with_content, json } => {
            let asked = Request {
                name: name.clone(),
                url: url.clone(),
                clients: settings.clients.clone().unwrap_or_default(),
                events: events(settings).unwrap_or_else(|| HookEvent::ALL.to_vec()),
                with_content: *with_content,
            };
            let added = kept.add(asked)?;
            if *json {
                serde_json::to_writer(&mut out, &added).context("the answer cannot be written")?;
                writeln!(out)?;
            } else {
                writeln!(out, "webhook {} added; its secret, shown this once: {}", added.name, added.secret)?;
            }
        }
        WebhookCommand::Set { name, url, settings, with_content } => {
            let (clients, events) = (settings.clients.as_deref().map(super::moderator::list), events(settings));
            let change = Change { url: url.clone(), clients, events, with_content: *with_content, paused: None };
            if change == Change::default() {
                bail!("nothing is to change; see `moddesk webhook set --help`");
            }
            kept.change(name, change)?;
            writeln!(out, "webhook {name} changed")?;
        }
        WebhookCommand::Pause { name } => {
            kept.change(name, Change { paused: Some(true), ..Change::default() })?;
            writeln!(out, "webhook {name} paused")?;
        }
        WebhookCommand::Resume { name } => {
            kept.change(name, Change { paused: Some(false), ..Change::default() })?;
            writeln!(out, "webhook {name} resumed")?;
        }
        WebhookCommand::Replay { name, since } => {
            let Replayed { again, entries } = kept.replay(name, &Replay { since: *since })?;
            match since {
                Some(since) => {
                    writeln!(out, "webhook {name}: sent anew from {since} on, {entries} entries of the log")?
                }
                None => writeln!(out, "webhook {name}: {again} given up are sent again, and what waits is tried now")?,
            }
        }
        WebhookCommand::Remove { name } => {
            kept.remove(name)?;
            writeln!(out, "webhook {name} removed")?;
        }
    }
    out.finish()?;
    Ok(Exit::Done)
}

fn events(settings: &Settings) -> Option<Vec<HookEvent>> {
    settings.events.as_ref().map(|events| events.iter().copied().map(HookEvent::from).collect())
}

fn moment(at: Option<Timestamp>) -> String {
    at.map_or_else(|| "–".to_owned(), |at| at.strftime("%Y-%m-%d %H:%M:%S").to_string())
}

fn list(out: &mut Out, hooks: &[WebhookNow], json: bool) -> anyhow::Result<()> {
    if json {
        serde_json::to_writer_pretty(&mut *out, hooks)?;
        return Ok(writeln!(out)?);
    }
    let head = ["webhook", "state", "delivered", "waiting", "given up", "behind", "last delivered", "to"];
    let row = |hook: &WebhookNow| {
        vec![
            hook.webhook.name.clone(),
            hook.state.code().to_owned(),
            hook.delivered.to_string(),
            hook.waiting.to_string(),
            hook.given_up.to_string(),
            hook.behind.to_string(),
            moment(hook.delivered_at),
            // Printable ASCII, or it would not have been taken.
            hook.webhook.url.clone(),
        ]
    };
    Ok(table::write(out, &head, &hooks.iter().map(row).collect::<Vec<_>>())?)
}

fn show(out: &mut Out, hook: &WebhookNow, deliveries: &[DeliveryNow], json: bool) -> anyhow::Result<()> {
    if json {
        let all = serde_json::json!({"webhook": hook, "deliveries": deliveries});
        serde_json::to_writer_pretty(&mut *out, &all)?;
        return Ok(writeln!(out)?);
    }
    list(out, std::slice::from_ref(hook), false)?;
    let WebhookNow { webhook, failing_since, next_at, error, .. } = hook;
    let told: Vec<&str> = webhook.events.iter().map(|event| event.code()).collect();
    let clients = if webhook.clients.is_empty() { "all clients".to_owned() } else { webhook.clients.join(", ") };
    let words = if webhook.with_content { "with content" } else { "without content" };
    writeln!(out, "\ntold of {} for {clients}, {words}", told.join(", "))?;
    if let Some(error) = error {
        writeln!(out, "{} (since {}, next try {})", scrub::log(error), moment(*failing_since), moment(*next_at))?;
    }
    if !deliveries.is_empty() {
        writeln!(out)?;
        let rows: Vec<Vec<String>> = deliveries.iter().map(row).collect();
        table::write(out, &["entry", "event", "item", "tries", "next", "first tried", "what went wrong"], &rows)?;
    }
    Ok(())
}

fn row(delivery: &DeliveryNow) -> Vec<String> {
    let DeliveryNow { seq, event, item, tries, given_up, next_at, first_tried_at, error } = delivery;
    let next = match (given_up, tries) {
        (true, _) => "given up".to_owned(),
        (false, 0) => "waits".to_owned(),
        (false, _) => moment(*next_at),
    };
    let error = error.as_deref().map_or_else(|| "–".to_owned(), scrub::log);
    vec![seq.to_string(), event.clone(), scrub::log(item), tries.to_string(), next, moment(*first_tried_at), error]
}
