//! `moddesk notice`: what must be read before the next item, and who has read it.

use super::args::Globals;
use super::door::Door;
use super::out::Out;
use super::{Exit, table};
use crate::moderation::{Notice, NoticeKind, NoticeState};
use crate::text::{Untrusted, scrub};
use clap::{Args as Group, Subcommand};
use std::io::Write;
use uuid::Uuid;

/// How much of a notice stands in its row.
const FIRST_WORDS: usize = 50;

/// `moddesk notice`.
#[derive(Clone, Debug, Group)]
pub struct NoticeArgs {
    /// What.
    #[command(subcommand)]
    pub what: NoticeCommand,
}

/// What can be done with notices.
#[derive(Clone, Debug, Subcommand)]
pub enum NoticeCommand {
    /// Send one: to all, to a client's moderators, or to one
    Send {
        /// What it says
        text: String,
        /// To everybody who works for this client, before its next item
        #[arg(long, value_name = "NAME")]
        client: Option<String>,
        /// To one moderator
        #[arg(long, value_name = "NAME")]
        moderator: Option<String>,
        /// To be read when they can: nobody has to confirm it before the next item
        #[arg(long)]
        unconfirmed: bool,
    },
    /// Those of the last weeks, changes of rules among them, and who has read them
    List {
        /// As a JSON array
        #[arg(long)]
        json: bool,
    },
}

pub fn run(globals: &Globals, args: &NoticeArgs) -> anyhow::Result<Exit> {
    let door = Door::open(globals)?;
    let mut out = Out::stdout();
    match &args.what {
        NoticeCommand::Send { text, client, moderator, unconfirmed } => {
            let notice = Notice {
                id: Uuid::now_v7(),
                moderator: moderator.clone(),
                client: client.clone(),
                text: Untrusted::new(text),
                confirm: !unconfirmed,
            };
            door.notify(&notice)?;
            writeln!(out, "notice sent")?;
        }
        NoticeCommand::List { json } => {
            let notices = door.notices()?;
            if *json {
                serde_json::to_writer_pretty(&mut out, &notices)?;
                writeln!(out)?;
            } else {
                let rows: Vec<Vec<String>> = notices.iter().map(row).collect();
                table::write(&mut out, &["sent", "by", "to", "notice", "read", "not yet"], &rows)?;
            }
        }
    }
    out.finish()?;
    Ok(Exit::Done)
}

fn row(notice: &NoticeState) -> Vec<String> {
    let to = match (&notice.moderator, &notice.client) {
        (Some(name), _) => name.clone(),
        (None, Some(client)) => client.clone(),
        (None, None) => "all".to_owned(),
    };
    let what = match notice.kind {
        NoticeKind::Message => scrub::line(&notice.text).fit(FIRST_WORDS).into_owned(),
        kind => format!("{} {}", kind.code(), notice.version.as_deref().unwrap_or_default()),
    };
    let read: Vec<&str> = notice.read.iter().map(|read| read.name.as_str()).collect();
    let or_none = |names: String| if names.is_empty() { "–".to_owned() } else { names };
    let sent = notice.at.strftime("%Y-%m-%d %H:%M").to_string();
    vec![sent, scrub::log(&notice.by), to, what, or_none(read.join(", ")), or_none(notice.unread.join(", "))]
}
