//! What can be typed before a command and with every one; what goes with one stands in its own file. Help, completions
//! and the man page are views of it.

use clap::{Args as Group, Parser, Subcommand};
use clap_complete::Shell;
use std::path::PathBuf;

/// A moderator's workstation in a terminal.
#[derive(Clone, Debug, Parser)]
#[command(
    name = "moddesk",
    version,
    about = "A moderator's workstation in a terminal: one item at a time, decided in one or two keys",
    after_help = "Without a subcommand, moddesk opens the desk.\nExit codes: 0 done, 1 failed, 2 usage, 3 done in part, 4 a check found something, 5 server not reached, 6 not allowed."
)]
pub struct Args {
    /// What holds for every command.
    #[command(flatten)]
    pub globals: Globals,
    /// How the desk opens, where no subcommand is typed.
    #[command(flatten)]
    pub desk: DeskArgs,
    /// What to do.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What holds for every command.
#[derive(Clone, Debug, Default, Group)]
pub struct Globals {
    /// Where the embedded queue, the journal and the logs are
    #[arg(long, global = true, value_name = "DIR")]
    pub data_dir: Option<PathBuf>,
    /// The configuration file
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// The language of the screens
    #[arg(long, global = true, value_name = "LANG", value_parser = ["en", "fr"])]
    pub lang: Option<String>,
    /// No colours
    #[arg(long, global = true)]
    pub no_color: bool,
    /// Straight on a team's database: postgres://… or sqlite:///path
    #[arg(long, global = true, value_name = "URL")]
    pub database: Option<String>,
    /// On a team's server, by its URL
    #[arg(long, global = true, value_name = "URL", conflicts_with = "database")]
    pub server: Option<String>,
    /// The token for it, in a file that only you can read
    #[arg(long, global = true, value_name = "FILE")]
    pub token_file: Option<PathBuf>,
}

/// A moment as it is typed.
pub fn moment(text: &str) -> Result<jiff::Timestamp, &'static str> {
    text.parse().map_err(|_| "write a moment, as 2026-11-22T08:00:00Z")
}

/// How the desk opens.
#[derive(Clone, Debug, Default, Group)]
pub struct DeskArgs {
    /// Work this queue (repeatable); all of yours otherwise
    #[arg(long = "queue", value_name = "NAME")]
    pub queues: Vec<String>,
    /// Who is at the desk
    #[arg(long, value_name = "NAME")]
    pub moderator: Option<String>,
    /// default, azerty, vim, one-hand, or a file
    #[arg(long, value_name = "NAME|FILE")]
    pub keymap: Option<String>,
    /// terminal, high-contrast or mono
    #[arg(long, value_name = "NAME")]
    pub theme: Option<String>,
    /// Planned end of the shift, as 17:30; else the length that the configuration plans
    #[arg(long, value_name = "HH:MM", value_parser = clock_time)]
    pub until: Option<jiff::civil::Time>,
    /// Straight to the first item, past the shift screen
    #[arg(long)]
    pub go: bool,
    /// The demo items on a throw-away queue; nothing is kept
    #[arg(long)]
    pub demo: bool,
    /// Line by line, for screen readers, pipes and dumb terminals
    #[arg(long)]
    pub plain: bool,
}

impl DeskArgs {
    /// `moddesk --queue a desk --go` means both: what stands nearer to the subcommand wins.
    #[must_use]
    pub fn over(self, outer: Self) -> Self {
        Self {
            queues: if self.queues.is_empty() { outer.queues } else { self.queues },
            moderator: self.moderator.or(outer.moderator),
            keymap: self.keymap.or(outer.keymap),
            theme: self.theme.or(outer.theme),
            until: self.until.or(outer.until),
            go: self.go || outer.go,
            demo: self.demo || outer.demo,
            plain: self.plain || outer.plain,
        }
    }
}

fn clock_time(text: &str) -> Result<jiff::civil::Time, String> {
    jiff::civil::Time::strptime("%H:%M", text).map_err(|_| "write a time of the clock, as 17:30".to_owned())
}

/// What to do.
#[derive(Clone, Debug, Subcommand)]
pub enum Command {
    /// Open the desk
    Desk(DeskArgs),
    /// Take items in from a file
    Import(super::import::ImportArgs),
    /// Write decisions, a case or the audit log out
    Export(super::export::ExportArgs),
    /// The week for a client
    Report(super::report::ReportArgs),
    /// Check the audit log
    Audit(super::audit::AuditArgs),
    /// Figures, a row a queue
    Stats(super::stats::StatsArgs),
    /// Queues and what waits in them
    Queue(super::queue::QueueArgs),
    /// People
    Moderator(super::moderator::ModeratorArgs),
    /// Clients
    Client(super::client::ClientArgs),
    /// Notices, and who has read them
    Notice(super::notice::NoticeArgs),
    /// Webhooks: who is told of decisions, reversals and alerts
    Webhook(super::webhook::WebhookArgs),
    /// Policies
    Policy(super::policy::PolicyArgs),
    /// Prepared replies
    Template(super::template::TemplateArgs),
    /// Keys and keymaps
    Keys(super::keys::KeysArgs),
    /// Everything about yourself
    Me(super::me::MeArgs),
    /// The supervisor's dashboard, live
    Watch(super::watch::WatchArgs),
    /// Serve the queue to a team, until SIGTERM
    Serve(super::serve::ServeArgs),
    /// Keep a token for a team's server; the desk opens there from then on
    Login {
        /// The server's address
        #[arg(required_unless_present = "forget")]
        url: Option<String>,
        /// Forget server and token: the desk opens on this machine's queue again
        #[arg(long, conflicts_with = "url")]
        forget: bool,
    },
    /// Check terminal, clock, queue and journal
    Doctor,
    /// Print completions for a shell
    Completions {
        /// Which
        shell: Shell,
    },
    /// Print the manual page
    Man,
}
