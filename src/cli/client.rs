//! `moddesk client`.

use super::args::{ClientArgs, ClientCommand, ClientSettings, Globals};
use super::house::House;
use super::out::Out;
use super::{Exit, table};
use crate::moderation::Client;
use crate::moderation::item::is_name;
use crate::store::StoreError;
use crate::wellbeing::duration;
use anyhow::{Context, bail};
use std::io::Write;

pub fn run(globals: &Globals, args: &ClientArgs) -> anyhow::Result<Exit> {
    let house = House::open(globals)?;
    let clients = house.block(house.store.clients())?;
    let mut out = Out::stdout();
    match &args.what {
        ClientCommand::List { json } => {
            if *json {
                serde_json::to_writer_pretty(&mut out, &clients)?;
                writeln!(out)?;
            } else {
                let rows: Vec<Vec<String>> = clients
                    .iter()
                    .map(|client| {
                        let text = |text: &Option<String>| text.clone().unwrap_or_else(|| "–".to_owned());
                        let version =
                            house.policies(&client.name).map_or_else(|_| "–".to_owned(), |p| p.version.clone());
                        vec![client.name.clone(), text(&client.title), version, text(&client.hours)]
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
            let client = change(&house, Client { name: name.clone(), ..Client::default() }, settings)?;
            house.block(house.store.set_client(&client, &house.me()))?;
            writeln!(out, "client {name} added")?;
        }
        ClientCommand::Set { name, settings } => {
            let client = clients.into_iter().find(|client| client.name == *name).ok_or_else(|| {
                StoreError::Unknown { what: "client", name: name.clone(), hint: "see `moddesk client list`" }
            })?;
            let client = change(&house, client, settings)?;
            house.block(house.store.set_client(&client, &house.me()))?;
            writeln!(out, "client {name} changed")?;
        }
        ClientCommand::Again { name, version } => {
            let (mut items, mut after, mut queue) = (0, Some(0), String::new());
            while let Some(from) = after {
                let again = house.block(house.store.look_again(name, version, from, &house.me()))?;
                (items, after, queue) = (items + again.items, again.next_after, again.queue);
            }
            writeln!(out, "{items} items to be decided anew in {queue}")?;
        }
    }
    out.finish()?;
    Ok(Exit::Done)
}

fn change(house: &House, mut client: Client, settings: &ClientSettings) -> anyhow::Result<Client> {
    let read = |path: &std::path::Path| {
        std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
    };
    let mut changed: Vec<&str> = Vec::new();
    if let Some(title) = &settings.title {
        client.title = Some(title.clone());
        changed.push("name");
    }
    if let Some(path) = &settings.charter {
        client.charter = Some(read(path)?);
        changed.push("charter");
    }
    if let Some(path) = &settings.policies {
        let text = read(path)?;
        let mistakes = super::policy::mistakes(path, &text);
        if !mistakes.is_empty() {
            bail!("{}\nthe client was not changed", mistakes.join("\n"));
        }
        let version = |client: &Client| super::house::policies_of(client).map(|policies| policies.version);
        let before = version(&client)?;
        let other = client.policies.as_ref() != Some(&text);
        client.policies = Some(text);
        if other && version(&client)? == before {
            bail!("the policies are others and their version is still {before}; raise it in the file");
        }
        changed.push("policies");
    }
    if let Some(path) = &settings.templates {
        client.templates = Some(super::template::read(path, &client)?);
        changed.push("templates");
    }
    if let Some(topics) = &settings.topics {
        client.topics = super::moderator::list(topics);
        changed.push("topics");
    }
    if let Some(free) = &settings.new_topics {
        client.new_topics = Some(free == "yes");
        changed.push("new_topics");
    }
    let kept = &mut client.retention;
    for (key, said, place) in [
        ("keep_content", &settings.keep_content, &mut kept.content_s),
        ("keep_media", &settings.keep_media, &mut kept.media_s),
        ("keep_removed", &settings.keep_removed, &mut kept.removed_s),
    ] {
        let Some(said) = said else { continue };
        *place = match said.as_str() {
            "none" => None,
            time => Some(duration::parse(time).with_context(|| format!("{key} {time}"))?.as_secs().max(1)),
        };
        changed.push(key);
    }
    if !settings.contacts.is_empty() {
        client.contacts.clone_from(&settings.contacts);
        changed.push("contacts");
    }
    if let Some(hours) = &settings.hours {
        client.hours = Some(hours.clone());
        changed.push("hours");
    }
    house.refuse_what_the_file_names("clients", &client.name, &changed)?;
    Ok(client)
}
