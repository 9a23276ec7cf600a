//! `moddesk policy`.

use super::args::Globals;
use super::door::Door;
use super::out::{Out, say};
use super::{Exit, table};
use crate::config::policies;
use crate::moderation::policy::{Policies, Policy};
use crate::store::StoreError;
use anyhow::Context;
use clap::{Args as Group, Subcommand};
use serde_json::{Value, json};
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;

/// `moddesk policy`.
#[derive(Clone, Debug, Group)]
pub struct PolicyArgs {
    /// What.
    #[command(subcommand)]
    pub what: PolicyCommand,
}

/// What can be done with policies.
#[derive(Clone, Debug, Subcommand)]
pub enum PolicyCommand {
    /// Name every mistake of a policy file with its line
    Check {
        /// The file; the built-in policies otherwise
        file: Option<PathBuf>,
    },
    /// The policies in force
    Show {
        /// For this client
        #[arg(long, value_name = "NAME")]
        client: Option<String>,
        /// As a JSON array
        #[arg(long)]
        json: bool,
    },
}

pub fn run(globals: &Globals, args: &PolicyArgs) -> anyhow::Result<Exit> {
    match &args.what {
        PolicyCommand::Check { file } => check(file.as_deref()),
        PolicyCommand::Show { client, json } => show(globals, client.as_deref(), *json),
    }
}

/// Every mistake of a policy file, `file:line:column: message`.
pub fn mistakes(path: &Path, text: &str) -> Vec<String> {
    policies::check(text).iter().map(|mistake| format!("{}:{mistake}", path.display())).collect()
}

fn check(file: Option<&Path>) -> anyhow::Result<Exit> {
    let built_in = Path::new("built-in");
    let (path, text) = match file {
        Some(path) => {
            let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
            (path, text)
        }
        None => (built_in, policies::BUILT_IN.to_owned()),
    };
    let mistakes = if file.is_some() { mistakes(path, &text) } else { Vec::new() };
    for mistake in &mistakes {
        say(mistake);
    }
    if !mistakes.is_empty() {
        return Ok(Exit::Found);
    }
    let policies = if file.is_some() {
        policies::lay_over(&text, "client").map_err(|_| anyhow::anyhow!("the file changed while it was read"))?
    } else {
        policies::built_in().clone()
    };
    let mut out = Out::stdout();
    writeln!(out, "{}: {} policies, no mistake", path.display(), policies.policies.len())?;
    out.finish()?;
    Ok(Exit::Done)
}

fn show(globals: &Globals, client: Option<&str>, json: bool) -> anyhow::Result<Exit> {
    let mut out = Out::stdout();
    let (policies, lang) = match client {
        Some(client) => {
            let door = Door::open(globals)?;
            let policies = match &door {
                Door::Here(house) => house.policies(client)?,
                Door::There(there) => {
                    let all = there.ask(there.calls().policies())?;
                    let hint = "`moddesk client list` lists them";
                    let unknown = || StoreError::Unknown { what: "client", name: client.to_owned(), hint };
                    all.get(client).cloned().ok_or_else(unknown)?
                }
            };
            (policies, door.lang().code().to_owned())
        }
        None => (policies::built_in().clone(), super::house::language(globals)?),
    };
    if json {
        serde_json::to_writer_pretty(&mut out, &as_json(&policies, &lang))?;
        writeln!(out)?;
    } else {
        writeln!(out, "version {}\n", policies.version)?;
        let rows: Vec<Vec<String>> = policies.policies.iter().map(|policy| row(policy, &lang)).collect();
        table::write(&mut out, &["letter", "code", "title", "severity", "ground", ""], &rows)?;
    }
    out.finish()?;
    Ok(Exit::Done)
}

/// `title` and `text` in the reader's language, the others beside them.
fn as_json(policies: &Policies, lang: &str) -> Value {
    let text_in = |policy: &Policy| policy.text.get(lang).or_else(|| policy.text.get("en")).cloned();
    policies
        .policies
        .iter()
        .map(|policy| {
            json!({
                "code": policy.code,
                "letter": policy.letter,
                "title": policy.title_in(lang),
                "text": text_in(policy),
                "titles": policy.title,
                "texts": policy.text,
                "severity": policy.severity,
                "grave": policy.grave,
                "sealed": policy.sealed,
                "follow_ups": policy.follow_ups,
                "ground": policy.ground,
                "version": policies.version,
            })
        })
        .collect()
}

fn row(policy: &Policy, lang: &str) -> Vec<String> {
    let ground = policy.ground.as_ref().map_or("–", |ground| if ground.illegal { "illegal" } else { "terms" });
    let marks = [(policy.grave, "grave"), (policy.sealed, "sealed")];
    let marks: Vec<&str> = marks.into_iter().filter(|(is, _)| *is).map(|(_, mark)| mark).collect();
    vec![
        policy.letter.to_string(),
        policy.code.clone(),
        policy.title_in(lang).to_owned(),
        policy.severity.to_string(),
        ground.to_owned(),
        marks.join(" "),
    ]
}
