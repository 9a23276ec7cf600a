//! A queue's settings as they are typed, and what they change.

use crate::moderation::Deadline;
use crate::team::api::queues::Change;
use crate::wellbeing::{Severity, duration};
use anyhow::Context;
use clap::Args as Group;

/// A queue's settings; what is not said stays.
#[derive(Clone, Debug, Default, Group)]
pub struct QueueSettings {
    /// Whose items these are
    #[arg(long)]
    pub client: Option<String>,
    /// As the moderator reads it
    #[arg(long)]
    pub title: Option<String>,
    /// Only these languages (comma-separated; empty for all)
    #[arg(long, value_delimiter = ',', value_name = "LANGS")]
    pub languages: Option<Vec<String>>,
    /// Nothing above this level (0 to 4)
    #[arg(long, value_name = "LEVEL", value_parser = clap::value_parser!(u8).range(0..=4))]
    pub severity_ceiling: Option<u8>,
    /// By when: 1h, "24h from created_at", "4h working Mon-Fri 09:00-18:00 Europe/Paris", a law such as tco_1h, or none
    #[arg(long, value_name = "RULE")]
    pub deadline: Option<String>,
    /// From this long before due an item goes first
    #[arg(long, value_name = "TIME")]
    pub warn_at: Option<String>,
    /// How long a lease lasts
    #[arg(long, value_name = "TIME")]
    pub lease: Option<String>,
    /// Where escalations go
    #[arg(long, value_name = "QUEUE")]
    pub escalates_to: Option<String>,
    /// Where items can be forwarded to (comma-separated)
    #[arg(long, value_delimiter = ',', value_name = "NAMES")]
    pub departments: Option<Vec<String>>,
}

/// What is to change, and which keys of the file that would be.
pub fn change(settings: &QueueSettings) -> anyhow::Result<(Change, Vec<&'static str>)> {
    let seconds = |key: &str, text: &Option<String>| -> anyhow::Result<Option<u64>> {
        let parse = |text: &String| duration::parse(text).with_context(|| format!("--{key} {text}"));
        Ok(text.as_ref().map(parse).transpose()?.map(|time| time.as_secs()))
    };
    if let Some(deadline) = settings.deadline.as_ref().filter(|rule| *rule != "none") {
        deadline.parse::<Deadline>().with_context(|| format!("--deadline {deadline}"))?;
    }
    let level = settings.severity_ceiling;
    let change = Change {
        client: settings.client.clone(),
        title: settings.title.clone(),
        languages: settings.languages.as_deref().map(super::moderator::list),
        severity_ceiling: level.map(|level| Severity::new(level).context("severity is 0 to 4")).transpose()?,
        deadline: settings.deadline.clone(),
        warn_at_s: seconds("warn-at", &settings.warn_at)?,
        lease_s: seconds("lease", &settings.lease)?.map(|lease| lease.max(10)),
        escalates_to: settings.escalates_to.clone(),
        departments: settings.departments.as_deref().map(super::moderator::list),
        ..Change::default()
    };
    let keys = [
        ("client", change.client.is_some()),
        ("title", change.title.is_some()),
        ("languages", change.languages.is_some()),
        ("severity_ceiling", change.severity_ceiling.is_some()),
        ("deadline", change.deadline.is_some()),
        ("warn_at", change.warn_at_s.is_some()),
        ("lease", change.lease_s.is_some()),
        ("escalates_to", change.escalates_to.is_some()),
        ("departments", change.departments.is_some()),
    ];
    let said = keys.into_iter().filter(|(_, said)| *said).map(|(key, _)| key).collect();
    Ok((change, said))
}
