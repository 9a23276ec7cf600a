//! A file of replies as it stands, and all that is wrong with it.

use super::walk;
use crate::config::mistake::Mistake;
use crate::config::near::hint;
use crate::config::sheet::{Found, Sheet, Table, cut};
use crate::moderation::follow_up::Visibility;
use crate::moderation::policy::Policies;
use crate::moderation::template::{Replies, Template, parts};
use std::collections::{BTreeMap, BTreeSet};

/// The languages of the screens, in which titles, questions and answers are written.
pub(super) const LANGUAGES: [&str; 2] = ["en", "fr"];
const VISIBILITIES: [(&str, Visibility); 2] = [("public", Visibility::Public), ("private", Visibility::Private)];
/// No channel takes more, and no text box.
const MOST: i64 = 20_000;

/// Reads the whole file; what has a mistake is still there as far as it goes, so that what hangs on it is not named
/// as missing too.
pub(super) fn read(text: &str, client: &str, policies: Option<&Policies>) -> (Replies, Vec<Mistake>) {
    let sheet = Sheet::parse(text);
    let root = sheet.root();
    let mut replies = Replies::default();
    if let Some(limits) = root.own::<BTreeMap<String, i64>>("limits") {
        for (channel, limit) in &limits.value {
            let byte = root.byte_of("limits", channel).unwrap_or(limits.byte);
            match u32::try_from(*limit).ok().filter(|_| (1..=MOST).contains(limit)) {
                Some(limit) => drop(replies.limits.insert(channel.clone(), limit)),
                None => root.note(byte, format!("{} must be a whole number, 1 to {MOST}", cut(channel))),
            }
        }
    }
    for (code, table) in root.tables("templates") {
        replies.templates.push(read_template(&code, table, client, policies, text));
    }
    if let Some(tree) = root.table("tree") {
        let codes: BTreeSet<&str> = replies.templates.iter().map(|template| template.code.as_str()).collect();
        replies.tree = Some(walk::read(tree, &codes));
    }
    root.finish();
    (replies, sheet.mistakes())
}

fn read_template(
    code: &Found<String>,
    table: Table<'_, '_>,
    client: &str,
    policies: Option<&Policies>,
    file: &str,
) -> Template {
    let shape = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
    if code.value.is_empty() || code.value.len() > 60 || !code.value.chars().all(shape) {
        let must = "must be 1 to 60 of a-z, 0-9, - and _, since decisions record it";
        table.note(code.byte, format!("the code \"{}\" {must}", cut(&code.value)));
    }
    let policy = table.string("policy");
    if let (Some(policy), Some(policies)) = (&policy, policies)
        && policies.get(&policy.value).is_none()
    {
        let near = hint(&policy.value, policies.policies.iter().map(|policy| policy.code.as_str()));
        table.note(policy.byte, format!("there is no policy \"{}\"{near}", cut(&policy.value)));
    }
    let title = titles(&table, "title", 80);
    if title.is_empty() {
        table.missing(format!("{} has no title: write title = {{ en = \"…\", fr = \"…\" }}", cut(&code.value)));
    }
    let template = Template {
        code: code.value.clone(),
        client: Some(client.to_owned()),
        policy: policy.map(|found| found.value),
        channel: table.string("channel").map(|found| found.value),
        visibility: table.one_of("visibility", &VISIBILITIES).map(|found| found.value).unwrap_or_default(),
        title,
        text: read_text(&table, code, file),
        limit: table.whole("limit", 1..=MOST).and_then(|found| u32::try_from(found.value).ok()),
    };
    table.finish();
    template
}

/// Titles, questions and answers: what moderators read.
pub(super) fn titles(table: &Table<'_, '_>, key: &'static str, most: usize) -> BTreeMap<String, String> {
    let mut titles = BTreeMap::new();
    for (language, text) in table.by_language(key) {
        if !LANGUAGES.contains(&language.value.as_str()) {
            let near = hint(&language.value, LANGUAGES);
            table.note(language.byte, format!("{key} is written in en or fr, not \"{}\"{near}", cut(&language.value)));
        }
        let length = text.value.trim().chars().count();
        if length == 0 || length > most || text.value.contains(char::is_control) {
            let message = format!("{key}.{} must be a line of 1 to {most} characters", cut(&language.value));
            table.note(text.byte, message);
        }
        titles.insert(language.value, text.value.trim().to_owned());
    }
    titles
}

/// The words, in whatever languages authors write.
fn read_text(table: &Table<'_, '_>, code: &Found<String>, file: &str) -> BTreeMap<String, String> {
    let mut texts = BTreeMap::new();
    for (language, text) in table.by_language("text") {
        let name = &language.value;
        if !(2..=35).contains(&name.len()) || !name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
            table.note(language.byte, format!("\"{}\" is no language: write fr, en or pt-BR", cut(name)));
        }
        if text.value.trim().is_empty() {
            table.note(text.byte, format!("text.{} is empty: write it, or take it out", cut(name)));
        }
        if let Err(error) = parts(&text.value) {
            let byte = brace(file, text.byte, &text.value, error.at());
            table.note(byte, format!("text.{}: {error}", cut(name)));
        }
        texts.insert(language.value, text.value.trim().to_owned());
    }
    if texts.is_empty() {
        table.missing(format!("{} has no text: write text.fr = \"…\"", cut(&code.value)));
    }
    texts
}

/// Where in the file the braces at a character of a text stand: as many braces into it as there are before them.
fn brace(file: &str, byte: usize, text: &str, at: usize) -> usize {
    let before: String = text.chars().take(at.saturating_sub(1)).collect();
    let nth = before.matches("{{").count();
    file.get(byte..).and_then(|rest| rest.match_indices("{{").nth(nth)).map_or(byte, |(found, _)| byte + found)
}
