//! `moddesk export insights`.

use super::Exit;
use super::export::{into_io, may_see_names};
use super::house::House;
use super::out::Out;
use crate::report::insights::{self, Csv, Report};
use crate::store::{DecisionFilter, StoreError};
use crate::words::Words;
use clap::{Args, ValueEnum};
use jiff::Timestamp;
use std::collections::HashMap;
use std::path::PathBuf;

/// How many decisions are asked of the store at a time.
const PAGE: u32 = 1000;

/// `moddesk export insights`.
#[derive(Clone, Debug, Args)]
pub struct InsightsArgs {
    /// As lines of JSON, as CSV, or as a report to read
    #[arg(long, default_value = "jsonl")]
    pub format: InsightFormat,
    /// One client's alone
    #[arg(long, value_name = "NAME")]
    pub client: Option<String>,
    /// From this moment on (RFC 3339)
    #[arg(long, value_name = "T", value_parser = super::args::moment)]
    pub since: Option<Timestamp>,
    /// Before this moment (RFC 3339)
    #[arg(long, value_name = "T", value_parser = super::args::moment)]
    pub until: Option<Timestamp>,
    /// Leave personal data in the words; needs the right to see names, and is audited
    #[arg(long)]
    pub personal: bool,
    /// Into a file
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// How insights leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum InsightFormat {
    /// One JSON object a line.
    Jsonl,
    /// A table.
    Csv,
    /// A report in Markdown, by client, topic, kind and week.
    Markdown,
}

pub fn run(house: &House, args: &InsightsArgs) -> anyhow::Result<Exit> {
    if args.personal {
        may_see_names(house)?;
    }
    let clients = house.block(house.store.clients())?;
    if let Some(name) = args.client.as_ref().filter(|name| !clients.iter().any(|client| client.name == **name)) {
        let name = name.clone();
        return Err(StoreError::Unknown { what: "client", name, hint: "`moddesk client list` lists them" }.into());
    }
    let queues = house.block(house.store.queues())?;
    let whose: HashMap<&str, &str> = queues.iter().map(|q| (q.name.as_str(), q.client.as_str())).collect();
    let mut filter = DecisionFilter { since: args.since, until: args.until, names: false, after: 0, limit: PAGE };
    let mut each = |write: &mut dyn FnMut(insights::Insight) -> anyhow::Result<()>| -> anyhow::Result<()> {
        loop {
            let page = house.block(house.store.decisions(&filter))?;
            let Some((last, _)) = page.last() else { return Ok(()) };
            filter.after = *last;
            for (_, decision) in &page {
                let client = decision.queue.as_deref().and_then(|queue| whose.get(queue)).copied().unwrap_or("default");
                if args.client.as_deref().is_none_or(|wanted| wanted == client) {
                    insights::of(decision, client, args.personal).into_iter().try_for_each(&mut *write)?;
                }
            }
        }
    };
    let mut out = Out::to(args.output.as_deref())?;
    match args.format {
        InsightFormat::Jsonl => each(&mut |insight| Ok(insights::write_json(&mut out, &insight)?))?,
        InsightFormat::Csv => {
            let mut csv = Csv::new(&mut out).map_err(into_io)?;
            each(&mut |insight| Ok(csv.write(&insight).map_err(into_io)?))?;
            csv.finish()?;
        }
        InsightFormat::Markdown => {
            let mut report = Report::default();
            each(&mut |insight| {
                report.add(insight);
                Ok(())
            })?;
            let title = |name: &str| {
                let client = clients.iter().find(|client| client.name == name);
                client.and_then(|client| client.title.clone()).unwrap_or_else(|| name.to_owned())
            };
            report.write(&mut out, &Words::new(house.config.lang.value), title)?;
        }
    }
    out.finish()?;
    Ok(Exit::Done)
}
