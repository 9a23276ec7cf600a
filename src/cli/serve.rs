//! `moddesk serve`: the queue of a team, until SIGTERM.

use super::Exit;
use super::args::{DeskArgs, Globals};
use super::house::config;
use super::out::say;
use crate::team::server::{Limits, Settings, serve};
use anyhow::{Context, bail};
use clap::Args as Group;
use std::path::PathBuf;
use std::sync::Arc;

/// How the team server runs.
#[derive(Clone, Debug, Group)]
pub struct ServeArgs {
    /// The address to listen on; port 0 takes any
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    pub listen: String,
    /// Certificate chain, PEM; read again when it changes
    #[arg(long, value_name = "FILE")]
    pub tls_cert: Option<PathBuf>,
    /// Its key, PEM
    #[arg(long, value_name = "FILE")]
    pub tls_key: Option<PathBuf>,
    /// Let webhooks go to private addresses too: those of this machine and its own network
    #[arg(long)]
    pub webhooks_to_private: bool,
}

pub fn run(globals: &Globals, args: &ServeArgs) -> anyhow::Result<Exit> {
    let Some(database) = globals.database.clone() else {
        bail!("say which database: --database postgres://… or --database sqlite:///path/to/queue.sqlite");
    };
    let config = config(globals, &DeskArgs::default())?;
    let tls = match (&args.tls_cert, &args.tls_key) {
        (Some(cert), Some(key)) => Some((cert.clone(), key.clone())),
        (None, None) => None,
        _ => bail!("TLS needs both --tls-cert and --tls-key"),
    };
    tracing_subscriber::fmt()
        .json()
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_env("MODDESK_LOG").unwrap_or_else(|_| "moddesk=info".into()),
        )
        .with_writer(std::io::stderr)
        .init();
    let settings = Settings {
        listen: args.listen.clone(),
        database,
        tls,
        rules: Arc::new(config.wellbeing.value.clone()),
        shift: config.desk.shift.value,
        limits: Limits { webhooks_to_private: args.webhooks_to_private, ..Limits::default() },
    };
    let scheme = if settings.tls.is_some() { "https" } else { "http" };
    // Half of the machine: the queue has a thread of its own, and every thread more is one more to wake for each call.
    let half = std::thread::available_parallelism().map_or(1, |cores| (cores.get() / 2).max(1));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(half).enable_all().build();
    let runtime = runtime.context("cannot start")?;
    runtime.block_on(serve(settings, |address| say(&format!("listening on {scheme}://{address}"))))?;
    Ok(Exit::Done)
}
