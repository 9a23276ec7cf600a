//! The clients that the configuration file names.

use super::mistake::{Mistake, Mistakes, place};
use super::paths::written;
use super::policies;
use super::raw::{RawClient, seconds};
use super::sheet::Found;
use super::templates;
use crate::moderation::Client;
use std::fs;
use std::path::{Path, PathBuf};

/// One `[clients.NAME]`: what the file says of a client. What it leaves out stays as the store has it.
#[derive(Clone, Debug, PartialEq)]
pub struct ClientEntry {
    /// What it is called in files.
    pub name: String,
    /// The keys that the file names, with their lines: `client set` refuses these.
    pub named: Vec<(&'static str, u32)>,
    title: Option<String>,
    charter: Option<String>,
    policies: Option<String>,
    templates: Option<String>,
    topics: Option<Vec<String>>,
    new_topics: Option<bool>,
    /// Words, media, what was removed: `Some(None)` says for ever.
    keep: [Option<Option<u64>>; 3],
    contacts: Option<Vec<String>>,
    hours: Option<String>,
}

impl ClientEntry {
    /// The client as it is to be, over the one the store has.
    pub fn over(&self, kept: Option<Client>) -> Client {
        let mut client = kept.unwrap_or_else(|| Client { name: self.name.clone(), ..Client::default() });
        let set = |target: &mut Option<String>, said: &Option<String>| {
            if said.is_some() {
                target.clone_from(said);
            }
        };
        set(&mut client.title, &self.title);
        set(&mut client.charter, &self.charter);
        set(&mut client.policies, &self.policies);
        set(&mut client.templates, &self.templates);
        set(&mut client.hours, &self.hours);
        if let Some(topics) = &self.topics {
            client.topics.clone_from(topics);
        }
        client.new_topics = self.new_topics.or(client.new_topics);
        let [content, media, removed] = self.keep;
        let kept = &mut client.retention;
        kept.content_s = content.unwrap_or(kept.content_s);
        kept.media_s = media.unwrap_or(kept.media_s);
        kept.removed_s = removed.unwrap_or(kept.removed_s);
        if let Some(contacts) = &self.contacts {
            client.contacts.clone_from(contacts);
        }
        client
    }
}

/// Reads what the entries name: a policy file is checked here, so that a mistake in it shows at the start and not in
/// the middle of a shift.
pub(super) fn resolve(
    raw: Vec<(Found<String>, RawClient)>,
    config: &Path,
    text: &str,
    home: Option<&Path>,
    mistakes: &mut Vec<Mistakes>,
) -> Vec<ClientEntry> {
    let folder = config.parent().unwrap_or(Path::new(""));
    let mut own = Vec::new();
    let mut note = |byte: usize, message: String| {
        let (line, column) = place(text, byte);
        own.push(Mistake { line, column, message });
    };
    let mut entries = Vec::new();
    for (name, client) in raw {
        let mut named = Vec::new();
        let mut line = |key: &'static str, line: Option<u32>| named.extend(line.map(|line| (key, line)));
        line("name", client.name.as_ref().map(|found| found.line));
        line("charter", client.charter.as_ref().map(|found| found.line));
        line("policies", client.policies.as_ref().map(|found| found.line));
        line("templates", client.templates.as_ref().map(|found| found.line));
        line("topics", client.topics.as_ref().map(|found| found.line));
        line("new_topics", client.new_topics.as_ref().map(|found| found.line));
        line("keep_content", client.keep_content.as_ref().map(|found| found.line));
        line("keep_media", client.keep_media.as_ref().map(|found| found.line));
        line("keep_removed", client.keep_removed.as_ref().map(|found| found.line));
        line("contacts", client.contacts.as_ref().map(|found| found.line));
        line("hours", client.hours.as_ref().map(|found| found.line));

        let charter = client.charter.and_then(|found| match charter_file(&found.value, folder, home) {
            None => Some(found.value),
            Some(path) => match fs::read_to_string(&path) {
                Ok(text) => Some(text),
                Err(error) => {
                    note(found.byte, format!("the charter {} cannot be read: {error}", path.display()));
                    None
                }
            },
        });
        let policies = client.policies.and_then(|found| {
            let path = written(&found.value, folder, home);
            match fs::read_to_string(&path) {
                Ok(text) => match policies::lay_over(&text, &name.value) {
                    Ok(_) => Some(text),
                    Err(wrong) => {
                        mistakes.push(Mistakes { file: path, mistakes: wrong });
                        None
                    }
                },
                Err(error) => {
                    note(found.byte, format!("the policy file {} cannot be read: {error}", path.display()));
                    None
                }
            }
        });
        let below = policies.as_ref().and_then(|text: &String| policies::lay_over(text, &name.value).ok());
        let replies = client.templates.and_then(|found| {
            let path = written(&found.value, folder, home);
            match fs::read_to_string(&path) {
                Ok(text) => {
                    let wrong = templates::check(&text, below.as_ref());
                    if wrong.is_empty() {
                        return Some(text);
                    }
                    mistakes.push(Mistakes { file: path, mistakes: wrong });
                    None
                }
                Err(error) => {
                    note(found.byte, format!("the file of replies {} cannot be read: {error}", path.display()));
                    None
                }
            }
        });
        entries.push(ClientEntry {
            name: name.value,
            named,
            title: client.name.map(|found| found.value),
            charter,
            policies,
            templates: replies,
            topics: client.topics.map(|list| list.value.into_iter().map(|topic| topic.value).collect()),
            new_topics: client.new_topics.map(|found| found.value),
            keep: [client.keep_content, client.keep_media, client.keep_removed]
                .map(|found| found.map(|found| found.value.map(seconds))),
            contacts: client.contacts.map(|list| list.value.into_iter().map(|contact| contact.value).collect()),
            hours: client.hours.map(|found| found.value),
        });
    }
    if !own.is_empty() {
        mistakes.push(Mistakes { file: config.to_owned(), mistakes: own });
    }
    entries
}

/// A charter of one line that ends like a file of text is the name of one; anything else is the charter itself.
fn charter_file(charter: &str, folder: &Path, home: Option<&Path>) -> Option<PathBuf> {
    let named = !charter.trim().contains('\n') && [".md", ".txt"].iter().any(|end| charter.trim().ends_with(end));
    named.then(|| written(charter.trim(), folder, home))
}
