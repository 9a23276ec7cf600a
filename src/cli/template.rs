//! `moddesk template`: the prepared replies of a client.

use super::args::Globals;
use super::house::House;
use super::out::{Out, say};
use super::{Exit, table};
use crate::config::{policies, templates};
use crate::moderation::follow_up::Visibility;
use crate::moderation::policy::Policies;
use crate::store::StoreError;
use anyhow::Context;
use clap::{Args, Subcommand};
use std::io::Write;
use std::path::{Path, PathBuf};

/// `moddesk template`.
#[derive(Clone, Debug, Args)]
pub struct TemplateArgs {
    /// What.
    #[command(subcommand)]
    pub what: TemplateCommand,
}

/// What can be done with prepared replies.
#[derive(Clone, Debug, Subcommand)]
pub enum TemplateCommand {
    /// Name every mistake of a file of replies with its line
    Check {
        /// The file
        file: PathBuf,
        /// Check its policies against those of this client
        #[arg(long, value_name = "NAME")]
        client: Option<String>,
    },
    /// The replies that clients have prepared
    Show {
        /// One client's alone
        #[arg(long, value_name = "NAME")]
        client: Option<String>,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
}

pub fn run(globals: &Globals, args: &TemplateArgs) -> anyhow::Result<Exit> {
    match &args.what {
        TemplateCommand::Check { file, client } => check(globals, file, client.as_deref()),
        TemplateCommand::Show { client, json } => show(globals, client.as_deref(), *json),
    }
}

/// Every mistake of a file of replies, `file:line:column: message`.
pub fn mistakes(path: &Path, text: &str, policies: Option<&Policies>) -> Vec<String> {
    templates::check(text, policies).iter().map(|mistake| format!("{}:{mistake}", path.display())).collect()
}

fn check(globals: &Globals, path: &Path, client: Option<&str>) -> anyhow::Result<Exit> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let policies = client.map(|client| House::open(globals)?.policies(client)).transpose()?;
    let mistakes = mistakes(path, &text, policies.as_ref());
    mistakes.iter().for_each(|mistake| say(mistake));
    if !mistakes.is_empty() {
        return Ok(Exit::Found);
    }
    let replies = templates::read(&text, "client").unwrap_or_default();
    let mut out = Out::stdout();
    writeln!(out, "{}: {} replies, no mistake", path.display(), replies.templates.len())?;
    out.finish()?;
    Ok(Exit::Done)
}

fn show(globals: &Globals, client: Option<&str>, json: bool) -> anyhow::Result<Exit> {
    let house = House::open(globals)?;
    let mut clients = house.block(house.store.clients())?;
    if let Some(name) = client {
        clients.retain(|known| known.name == name);
        if clients.is_empty() {
            let name = name.to_owned();
            return Err(StoreError::Unknown { what: "client", name, hint: "`moddesk client list` lists them" }.into());
        }
    }
    let lang = house.lang();
    let mut out = Out::stdout();
    let all: Vec<_> = clients.iter().map(|client| (client, templates::of_client(client))).collect();
    if json {
        let all: Vec<_> = all
            .iter()
            .map(|(client, replies)| serde_json::json!({"client": client.name, "replies": replies}))
            .collect();
        serde_json::to_writer_pretty(&mut out, &all)?;
        writeln!(out)?;
    } else {
        let rows: Vec<Vec<String>> = all
            .iter()
            .flat_map(|(_, replies)| &replies.templates)
            .map(|template| {
                let or_any = |text: &Option<String>| text.clone().unwrap_or_else(|| "any".to_owned());
                vec![
                    or_any(&template.client),
                    template.code.clone(),
                    template.title_in(lang).to_owned(),
                    template.text.keys().cloned().collect::<Vec<_>>().join(","),
                    or_any(&template.policy),
                    or_any(&template.channel),
                    if template.visibility == Visibility::Private { "private" } else { "public" }.to_owned(),
                ]
            })
            .collect();
        let head = ["client", "code", "title", "languages", "policy", "channel", "read by"];
        table::write(&mut out, &head, &rows)?;
    }
    out.finish()?;
    Ok(Exit::Done)
}

/// The text of a file of replies that has no mistake, for a client as it is to be.
pub fn read(path: &Path, client: &crate::moderation::Client) -> anyhow::Result<String> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let policies = policies::of_client(client).ok();
    let mistakes = mistakes(path, &text, policies.as_ref());
    anyhow::ensure!(mistakes.is_empty(), "{}\nthe client was not changed", mistakes.join("\n"));
    Ok(text)
}
