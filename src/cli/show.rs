//! `moddesk queue show`: what stands in a queue, by a filter.

use super::door::Door;
use super::out::{Out, say};
use super::{Exit, table};
use crate::moderation::filter::{Filter, FilterError};
use crate::team::api::listing::Row;
use crate::text::scrub;
use crate::words::Words;
use clap::Args;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Value, json};
use std::io::Write;

/// `moddesk queue show`.
#[derive(Clone, Debug, Args)]
pub struct ShowArgs {
    /// The queue
    pub name: String,
    /// Only these items: lang:fr author:zorglub* due:<15m severity:>=2 "free money"; behind -- also -kind:post
    #[arg(value_name = "FILTER")]
    pub filter: Vec<String>,
    /// What was decided or withdrawn as well
    #[arg(long)]
    pub all: bool,
    /// At most so many; 0 for all
    #[arg(long, default_value_t = 50, value_name = "N")]
    pub limit: u64,
    /// Show the words of disturbing items too
    #[arg(long)]
    pub text: bool,
    /// The queue's settings and figures alone
    #[arg(long)]
    pub settings: bool,
    /// As JSON: the settings and figures, or with a filter an object a line for each item
    #[arg(long)]
    pub json: bool,
}

/// Words of items above this level stay out of a list that nobody asked to be hard.
const MILD: u8 = 1;

/// Reads the filter. Shells eat quotes, so what came as a word of its own with a blank in it is a phrase.
fn filter(words: &[String]) -> Result<Filter, String> {
    let quoted = |word: &String| {
        let phrase = word.contains(char::is_whitespace) && !word.contains(['"', ':']);
        if phrase && words.len() > 1 { format!("\"{word}\"") } else { word.clone() }
    };
    let typed = words.iter().map(quoted).collect::<Vec<_>>().join(" ");
    typed.parse().map_err(|error: FilterError| error.pointed(&typed))
}

/// Lists what passes the filter, oldest arrival first.
pub fn run(door: &Door, args: &ShowArgs) -> anyhow::Result<Exit> {
    let filter = match filter(&args.filter) {
        Ok(filter) => filter,
        Err(pointed) => {
            say("moddesk: the filter has a mistake");
            pointed.lines().for_each(say);
            return Ok(Exit::Usage);
        }
    };
    let now = door.now();
    let words = Words::new(door.lang());
    let mut out = Out::stdout();
    let (mut rows, mut found, mut seen, mut after) = (Vec::new(), 0u64, 0u64, Some(0));
    'pages: while let Some(from) = after {
        let page = door.listing(&args.name, &filter, args.all, from)?;
        seen += page.looked;
        after = page.next_after;
        for listed in page.items {
            if args.limit > 0 && found == args.limit {
                found += 1;
                break 'pages;
            }
            found += 1;
            if args.json {
                serde_json::to_writer(&mut out, &as_json(&listed, args.text))?;
                writeln!(out)?;
            } else {
                rows.push(row(&listed, args.text, now, &words));
            }
        }
    }
    if !args.json {
        table::write(&mut out, &["item", "state", "lang", "level", "due", "reports", "author", "words"], &rows)?;
    }
    out.finish()?;
    if args.limit > 0 && found > args.limit {
        say(&format!("moddesk: there are more than {} in queue {}; --limit 0 shows all", args.limit, args.name));
    } else if !args.json {
        say(&format!("{found} of {seen} items"));
    }
    Ok(Exit::Done)
}

fn words_of(listed: &Row, hard_too: bool) -> Option<String> {
    let text = listed.item.text.as_ref().or(listed.item.title.as_ref())?;
    (listed.level <= MILD || hard_too).then(|| scrub::line(text).fit(60).into_owned())
}

fn row(listed: &Row, hard_too: bool, now: Timestamp, words: &Words) -> Vec<String> {
    let item = &listed.item;
    let author = item.author.as_ref();
    let name = author.and_then(|author| author.name.as_ref()).map(|name| scrub::line(name).fit(20).into_owned());
    let name = name.or_else(|| author.and_then(|author| author.id.as_deref()).map(scrub::log));
    vec![
        scrub::log(&item.id),
        listed.state.clone(),
        item.lang.as_deref().map_or_else(|| "–".to_owned(), scrub::log),
        listed.level.to_string(),
        listed.due_at.map_or_else(|| "–".to_owned(), |due| words.moment(due, now, &TimeZone::system())),
        item.reports.len().to_string(),
        name.unwrap_or_else(|| "–".to_owned()),
        words_of(listed, hard_too).unwrap_or_else(|| "[…]".to_owned()),
    ]
}

fn as_json(listed: &Row, hard_too: bool) -> Value {
    let item = &listed.item;
    let text = (listed.level <= MILD || hard_too).then(|| item.text.clone()).flatten();
    json!({
        "id": item.id, "state": listed.state, "revision": item.revision, "round": listed.round, "kind": item.kind,
        "channel": item.channel, "lang": item.lang, "level": listed.level, "due_at": listed.due_at,
        "received_at": item.received_at, "author": item.author.as_ref().and_then(|author| author.id.clone()),
        "online": item.online, "reports": item.reports.len(), "title": item.title.as_ref().filter(|_| text.is_some()),
        "text": text,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(typed: &[&str]) -> Vec<String> {
        typed.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn a_phrase_that_the_shell_has_unquoted_is_a_phrase_again() {
        let filter = filter(&words(&["lang:fr", "free money", "severity:>=2"])).expect("a filter");
        assert_eq!(filter.to_string(), "lang:fr \"free money\" severity:>=2");
        let one = super::filter(&words(&["lang:fr due:<15m \"free money\""])).expect("a filter");
        assert_eq!(one.terms.len(), 3);
    }

    #[test]
    fn a_mistake_points_at_its_character() {
        let error = filter(&words(&["lang:fr", "colour:red"])).expect_err("a mistake");
        let lines: Vec<&str> = error.lines().collect();
        assert_eq!(lines[0], "lang:fr colour:red");
        assert_eq!(lines[1].find('^'), Some(8));
    }
}
