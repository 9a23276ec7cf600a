//! `moddesk moderator`.

use super::args::Globals;
use super::door::Door;
use super::house::House;
use super::out::Out;
use super::{Exit, table};
use crate::moderation::item::is_name;
use crate::moderation::{Person, Role};
use crate::store::StoreError;
use crate::store::access::{KeptToken, NewToken};
use crate::team::api::moderators::{Added, Change, Request, TokenRequest};
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
        #[arg(long, value_name = "TIME", value_parser = super::args::moment)]
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
    let door = Door::open(globals)?;
    let people = match &door {
        Door::Here(house) => house.block(house.store.people())?,
        Door::There(there) => there.ask(there.calls().people())?,
    };
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
            let wanted = change(rights, None)?.over(plain);
            let house = match &door {
                Door::Here(house) => house,
                Door::There(there) => {
                    show_token(&mut out, &there.ask(there.calls().add_person(&request(wanted)))?, *json)?;
                    return out.finish().map(|()| Exit::Done);
                }
            };
            let person = house.block(house.store.set_person(&wanted, &house.me()))?;
            if globals.database.is_some() {
                hand_out(house, &mut out, &person, None, *json)?;
            } else if *json {
                serde_json::to_writer(&mut out, &person)?;
                writeln!(out)?;
            } else {
                writeln!(out, "{} added as {}", person.name, person.pseudonym)?;
            }
        }
        ModeratorCommand::Set { name, rights, enabled } => {
            let person = people.into_iter().find(|person| person.name == *name).ok_or_else(|| unknown(name))?;
            let change = change(rights, *enabled)?;
            match &door {
                Door::Here(house) => house.block(house.store.set_person(&change.over(person), &house.me()))?,
                Door::There(there) => there.ask(there.calls().change_person(name, &change))?,
            };
            writeln!(out, "{name} changed")?;
        }
        ModeratorCommand::Token { name, expires, replace, json } => {
            let person = people.into_iter().find(|person| person.name == *name).ok_or_else(|| unknown(name))?;
            match &door {
                Door::Here(house) => {
                    if *replace {
                        house.block(house.store.revoke_tokens(name, &house.me()))?;
                    }
                    hand_out(house, &mut out, &person, *expires, *json)?;
                }
                Door::There(there) => {
                    let asked = TokenRequest { expires_at: *expires, replace: *replace };
                    show_token(&mut out, &there.ask(there.calls().give_token(name, &asked))?, *json)?;
                }
            }
        }
        ModeratorCommand::Revoke { name } => {
            let gone = match &door {
                Door::Here(house) => house.block(house.store.revoke_tokens(name, &house.me()))?,
                Door::There(there) => there.ask(there.calls().revoke_tokens(name))?,
            };
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
    let added = Added {
        name: person.name.clone(),
        role: person.roles.first().copied().unwrap_or(Role::Moderator),
        roles: person.roles.clone(),
        pseudonym: person.pseudonym.clone(),
        token: token.reveal().to_owned(),
        expires_at,
    };
    show_token(out, &added, json)
}

/// A token, this once.
fn show_token(out: &mut Out, added: &Added, json: bool) -> anyhow::Result<()> {
    let Added { name, role, pseudonym, token, expires_at, .. } = added;
    if json {
        let role = role.code();
        let line = serde_json::json!({"name": name, "role": role, "pseudonym": pseudonym, "token": token,
            "expires_at": expires_at});
        writeln!(out, "{line}")?;
    } else {
        writeln!(out, "{name} ({pseudonym}): {token}")?;
    }
    Ok(())
}

/// Somebody new, as a server is asked for them.
fn request(person: Person) -> Request {
    Request {
        name: person.name,
        role: None,
        roles: Some(person.roles),
        queues: person.queues,
        clients: person.clients,
        languages: person.languages,
        severity_ceiling: Some(person.severity_ceiling),
        sealed: person.sealed,
        names: person.names,
        enabled: person.enabled,
        expires_at: None,
    }
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

/// What was said of somebody's rights; the rest stays.
fn change(rights: &Rights, enabled: Option<bool>) -> anyhow::Result<Change> {
    let roles = rights.roles.iter().map(|role| self::role(role)).collect::<anyhow::Result<Vec<_>>>()?;
    let severity_ceiling =
        rights.severity_ceiling.map(|level| Severity::new(level).context("severity is 0 to 4")).transpose()?;
    Ok(Change {
        roles: (!roles.is_empty()).then_some(roles),
        queues: rights.queues.as_deref().map(list),
        clients: rights.clients.as_deref().map(list),
        languages: rights.languages.as_deref().map(list),
        severity_ceiling,
        sealed: rights.sealed,
        names: rights.names,
        enabled,
    })
}

fn role(name: &str) -> anyhow::Result<Role> {
    [Role::Ingest, Role::Moderator, Role::Supervisor, Role::Admin]
        .into_iter()
        .find(|role| role.code() == name)
        .with_context(|| format!("--role {name}: it is one of ingest, moderator, supervisor, admin"))
}
