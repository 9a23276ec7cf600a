//! `moddesk moderator`.

use super::args::Globals;
use super::house::House;
use super::out::Out;
use super::{Exit, table};
use crate::moderation::item::is_name;
use crate::moderation::{Person, Role};
use crate::store::StoreError;
use crate::store::access::{KeptToken, NewToken};
use crate::wellbeing::Severity;
use anyhow::{Context, bail};
use clap::{Args as Group, Subcommand};
use jiff::{SignedDuration, Timestamp};
use std::io::Write;

/// `moddesk moderator`.
#[derive(Clone, Debug, Group)]
pub struct ModeratorArgs {
    /// What.
    #[command(subcommand)]
    pub what: ModeratorCommand,
}

/// What can be done with people.
#[derive(Clone, Debug, Subcommand)]
pub enum ModeratorCommand {
    /// Everybody
    List {
        /// As a JSON array
        #[arg(long)]
        json: bool,
    },
    /// Add somebody
    Add {
        /// The name they sign in with
        name: String,
        /// Their rights.
        #[command(flatten)]
        rights: Rights,
        /// As a JSON object
        #[arg(long)]
        json: bool,
    },
    /// Change what somebody may do
    Set {
        /// Their name
        name: String,
        /// Their rights.
        #[command(flatten)]
        rights: Rights,
        /// Let them sign in, or not
        #[arg(long, value_name = "true|false", value_parser = clap::builder::BoolishValueParser::new())]
        enabled: Option<bool>,
    },
    /// Give somebody one more token, shown this once
    Token {
        /// Their name
        name: String,
        /// From when on it is no good any more; a year from now otherwise
        #[arg(long, value_name = "TIME")]
        expires: Option<Timestamp>,
        /// Revoke all earlier ones
        #[arg(long)]
        replace: bool,
        /// As a JSON object
        #[arg(long)]
        json: bool,
    },
    /// Revoke all tokens of somebody, at once
    Revoke {
        /// Their name
        name: String,
    },
}

/// Somebody's rights; what is not said stays.
#[derive(Clone, Debug, Default, Group)]
pub struct Rights {
    /// ingest, moderator, supervisor or admin (repeatable)
    #[arg(long = "role", value_name = "ROLE")]
    pub roles: Vec<String>,
    /// Only these queues (comma-separated; empty for all)
    #[arg(long, value_delimiter = ',', value_name = "NAMES")]
    pub queues: Option<Vec<String>>,
    /// Only these clients (comma-separated; empty for all)
    #[arg(long, value_delimiter = ',', value_name = "NAMES")]
    pub clients: Option<Vec<String>>,
    /// Only these languages (comma-separated; empty for all)
    #[arg(long, value_delimiter = ',', value_name = "LANGS")]
    pub languages: Option<Vec<String>>,
    /// Nothing above this level (0 to 4)
    #[arg(long, value_name = "LEVEL", value_parser = clap::value_parser!(u8).range(0..=4))]
    pub severity_ceiling: Option<u8>,
    /// May see that sealed items exist
    #[arg(long, value_name = "true|false", value_parser = clap::builder::BoolishValueParser::new())]
    pub sealed: Option<bool>,
    /// May see names in exports
    #[arg(long, value_name = "true|false", value_parser = clap::builder::BoolishValueParser::new())]
    pub names: Option<bool>,
}

pub fn run(globals: &Globals, args: &ModeratorArgs) -> anyhow::Result<Exit> {
    let house = House::open(globals)?;
    let people = house.block(house.store.people())?;
    let mut out = Out::stdout();
    match &args.what {
        ModeratorCommand::List { json } => {
            if *json {
                serde_json::to_writer_pretty(&mut out, &people)?;
                writeln!(out)?;
            } else {
                let head = ["name", "pseudonym", "roles", "queues", "languages", "ceiling", "enabled"];
                table::write(&mut out, &head, &people.iter().map(row).collect::<Vec<_>>())?;
            }
        }
        ModeratorCommand::Add { name, rights, json } => {
            if !is_name(name) {
                bail!("a moderator's name is 1 to 200 bytes of printable ASCII without spaces");
            }
            if people.iter().any(|person| person.name == *name) {
                bail!("{name} is there already; change their rights with `moddesk moderator set {name} …`");
            }
            let plain =
                Person { roles: vec![Role::Moderator], sealed: false, names: false, ..Person::with_every_right(name) };
            let person = house.block(house.store.set_person(&change(plain, rights)?, &house.me()))?;
            if globals.database.is_some() {
                hand_out(&house, &mut out, &person, None, *json)?;
            } else if *json {
                serde_json::to_writer(&mut out, &person)?;
                writeln!(out)?;
            } else {
                writeln!(out, "{} added as {}", person.name, person.pseudonym)?;
            }
        }
        ModeratorCommand::Set { name, rights, enabled } => {
            let person = people.into_iter().find(|person| person.name == *name).ok_or_else(|| unknown(name))?;
            let mut person = change(person, rights)?;
            person.enabled = enabled.unwrap_or(person.enabled);
            house.block(house.store.set_person(&person, &house.me()))?;
            writeln!(out, "{name} changed")?;
        }
        ModeratorCommand::Token { name, expires, replace, json } => {
            let person = people.into_iter().find(|person| person.name == *name).ok_or_else(|| unknown(name))?;
            if *replace {
                house.block(house.store.revoke_tokens(name, &house.me()))?;
            }
            hand_out(&house, &mut out, &person, *expires, *json)?;
        }
        ModeratorCommand::Revoke { name } => {
            let gone = house.block(house.store.revoke_tokens(name, &house.me()))?;
            writeln!(out, "{gone} revoked")?;
        }
    }
    out.finish()?;
    Ok(Exit::Done)
}

fn unknown(name: &str) -> StoreError {
    StoreError::Unknown { what: "moderator", name: name.to_owned(), hint: "`moddesk moderator list` lists them" }
}

/// A token is good for a year where nobody says.
const YEAR: SignedDuration = SignedDuration::from_hours(365 * 24);

/// Mints a token, keeps its hash, and shows it this once.
fn hand_out(
    house: &House,
    out: &mut Out,
    person: &Person,
    expires: Option<Timestamp>,
    json: bool,
) -> anyhow::Result<()> {
    let expires_at = expires.or_else(|| house.now().checked_add(YEAR).ok());
    let token = NewToken::mint()?;
    let kept = KeptToken { digest: token.digest(), expires_at };
    house.block(house.store.add_token(&person.name, &kept, &house.me()))?;
    if json {
        let role = person.roles.first().map(|role| role.code());
        let line = serde_json::json!({"name": person.name, "role": role, "pseudonym": person.pseudonym,
            "token": token.reveal(), "expires_at": expires_at});
        writeln!(out, "{line}")?;
    } else {
        writeln!(out, "{} ({}): {}", person.name, person.pseudonym, token.reveal())?;
    }
    Ok(())
}

/// A comma-separated list; one empty name stands for "all".
pub fn list(names: &[String]) -> Vec<String> {
    names.iter().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
}

fn row(person: &Person) -> Vec<String> {
    let or_all = |list: &[String]| if list.is_empty() { "all".to_owned() } else { list.join(",") };
    vec![
        person.name.clone(),
        person.pseudonym.clone(),
        person.roles.iter().map(|role| role.code()).collect::<Vec<_>>().join(","),
        or_all(&person.queues),
        or_all(&person.languages),
        person.severity_ceiling.to_string(),
        if person.enabled { "yes" } else { "no" }.to_owned(),
    ]
}

fn change(mut person: Person, rights: &Rights) -> anyhow::Result<Person> {
    if !rights.roles.is_empty() {
        person.roles = rights.roles.iter().map(|role| self::role(role)).collect::<anyhow::Result<_>>()?;
    }
    if let Some(queues) = &rights.queues {
        person.queues = list(queues);
    }
    if let Some(clients) = &rights.clients {
        person.clients = list(clients);
    }
    if let Some(languages) = &rights.languages {
        person.languages = list(languages);
    }
    if let Some(level) = rights.severity_ceiling {
        person.severity_ceiling = Severity::new(level).context("severity is 0 to 4")?;
    }
    person.sealed = rights.sealed.unwrap_or(person.sealed);
    person.names = rights.names.unwrap_or(person.names);
    Ok(person)
}

fn role(name: &str) -> anyhow::Result<Role> {
    [Role::Ingest, Role::Moderator, Role::Supervisor, Role::Admin]
        .into_iter()
        .find(|role| role.code() == name)
        .with_context(|| format!("--role {name}: it is one of ingest, moderator, supervisor, admin"))
}
