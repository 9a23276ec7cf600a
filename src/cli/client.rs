//! `moddesk client`.

use super::args::Globals;
use super::door::Door;
use super::out::Out;
use super::{Exit, table};
use crate::moderation::Client;
use crate::moderation::item::is_name;
use crate::store::StoreError;
use crate::team::api::clients::Change;
use crate::wellbeing::duration;
use anyhow::{Context, bail};
use clap::{Args as Group, Subcommand};
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;

/// `moddesk client`.
#[derive(Clone, Debug, Group)]
pub struct ClientArgs {
    /// What.
    #[command(subcommand)]
    pub what: ClientCommand,
}

/// What can be done with clients.
#[derive(Clone, Debug, Subcommand)]
pub enum ClientCommand {
    /// All clients
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
        settings: ClientSettings,
    },
    /// Change one
    Set {
        /// Its name
        name: String,
        /// Its settings.
        #[command(flatten)]
        settings: ClientSettings,
    },
    /// Bring what an older version of its policies decided back, to be decided anew
    Again {
        /// Its name
        name: String,
        /// The version that the decisions record: "meteo 13"
        #[arg(long, value_name = "VERSION")]
        version: String,
    },
}

/// A client's settings; what is not said stays.
#[derive(Clone, Debug, Default, Group)]
pub struct ClientSettings {
    /// As the moderator reads it
    #[arg(long)]
    pub title: Option<String>,
    /// A text file with the charter
    #[arg(long, value_name = "FILE")]
    pub charter: Option<PathBuf>,
    /// A policy file, laid over the built-in ones
    #[arg(long, value_name = "FILE")]
    pub policies: Option<PathBuf>,
    /// What insights may be about, with commas between
    #[arg(long, value_delimiter = ',', value_name = "TOPICS")]
    pub topics: Option<Vec<String>>,
    /// Whether moderators may name topics besides
    #[arg(long, value_name = "yes|no", value_parser = ["yes", "no"])]
    pub new_topics: Option<String>,
    /// How long the words of what was decided are kept: 90d, or none for ever
    #[arg(long, value_name = "TIME")]
    pub keep_content: Option<String>,
    /// How long its media are kept
    #[arg(long, value_name = "TIME")]
    pub keep_media: Option<String>,
    /// How long the words of what was deleted are kept; as other content otherwise
    #[arg(long, value_name = "TIME")]
    pub keep_removed: Option<String>,
    /// A file of prepared replies
    #[arg(long, value_name = "FILE")]
    pub templates: Option<PathBuf>,
    /// Whom to ring about imminent harm, in order (repeatable)
    #[arg(long = "contact", value_name = "WHO")]
    pub contacts: Vec<String>,
    /// When somebody is there
    #[arg(long)]
    pub hours: Option<String>,
}

pub fn run(globals: &Globals, args: &ClientArgs) -> anyhow::Result<Exit> {
    let door = Door::open(globals)?;
    let clients = door.clients()?;
    let mut out = Out::stdout();
    match &args.what {
        ClientCommand::List { json } => {
            if *json {
                serde_json::to_writer_pretty(&mut out, &clients)?;
                writeln!(out)?;
            } else {
                let versions = door.versions(&clients)?;
                let text = |text: &Option<String>| text.clone().unwrap_or_else(|| "–".to_owned());
                let rows: Vec<Vec<String>> = clients
                    .iter()
                    .zip(&versions)
                    .map(|(client, version)| {
                        vec![client.name.clone(), text(&client.title), text(version), text(&client.hours)]
                    })
                    .collect();
                table::write(&mut out, &["client", "title", "policies", "hours"], &rows)?;
            }
        }
        ClientCommand::Add { name, settings } => {
            if !is_name(name) {
                bail!("a client's name is 1 to 200 bytes of printable ASCII without spaces");
            }
            if clients.iter().any(|client| client.name == *name) {
                bail!("client {name} is there already; change it with `moddesk client set {name} …`");
            }
            let client = Client { name: name.clone(), ..Client::default() };
            let (change, said) = change(&client, settings)?;
            door.set_client(client, change, &said)?;
            writeln!(out, "client {name} added")?;
        }
        ClientCommand::Set { name, settings } => {
            let client = clients.into_iter().find(|client| client.name == *name).ok_or_else(|| {
                StoreError::Unknown { what: "client", name: name.clone(), hint: "`moddesk client list` lists them" }
            })?;
            let (change, said) = change(&client, settings)?;
            door.set_client(client, change, &said)?;
            writeln!(out, "client {name} changed")?;
        }
        ClientCommand::Again { name, version } => {
            let (mut items, mut after, mut queue) = (0, Some(0), String::new());
            while let Some(from) = after {
                let again = door.again(name, version, from)?;
                (items, after, queue) = (items + again.items, again.next_after, again.queue);
            }
            writeln!(out, "{items} items to be decided anew in {queue}")?;
        }
    }
    out.finish()?;
    Ok(Exit::Done)
}

/// What is to change, and which keys of the file that would be.
fn change(client: &Client, settings: &ClientSettings) -> anyhow::Result<(Change, Vec<&'static str>)> {
    let read = |path: &Path| std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()));
    let mut change = Change { title: settings.title.clone(), hours: settings.hours.clone(), ..Change::default() };
    let mut said: Vec<&'static str> = Vec::new();
    said.extend(change.title.as_ref().map(|_| "name"));
    if let Some(path) = &settings.charter {
        change.charter = Some(read(path)?);
        said.push("charter");
    }
    if let Some(path) = &settings.policies {
        let text = read(path)?;
        let mistakes = super::policy::mistakes(path, &text);
        if !mistakes.is_empty() {
            bail!("{}\nthe client was not changed", mistakes.join("\n"));
        }
        change.policies = Some(text);
        said.push("policies");
    }
    if let Some(path) = &settings.templates {
        let after = Client { policies: change.policies.clone().or(client.policies.clone()), ..client.clone() };
        change.templates = Some(super::template::read(path, &after)?);
        said.push("templates");
    }
    if let Some(topics) = &settings.topics {
        change.topics = Some(super::moderator::list(topics));
        said.push("topics");
    }
    if let Some(free) = &settings.new_topics {
        change.new_topics = Some(free == "yes");
        said.push("new_topics");
    }
    let mut kept = client.retention.clone();
    for (key, time, place) in [
        ("keep_content", &settings.keep_content, &mut kept.content_s),
        ("keep_media", &settings.keep_media, &mut kept.media_s),
        ("keep_removed", &settings.keep_removed, &mut kept.removed_s),
    ] {
        let Some(time) = time else { continue };
        *place = match time.as_str() {
            "none" => None,
            time => Some(duration::parse(time).with_context(|| format!("{key} {time}"))?.as_secs().max(1)),
        };
        said.push(key);
    }
    change.retention = (kept != client.retention).then_some(kept);
    if !settings.contacts.is_empty() {
        change.contacts = Some(settings.contacts.clone());
        said.push("contacts");
    }
    said.extend(change.hours.as_ref().map(|_| "hours"));
    Ok((change, said))
}
