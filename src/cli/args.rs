//! What can be typed: declared once; help, completions and the man page are views of it.

use clap::{Args as Group, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use jiff::Timestamp;
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
    /// Straight on a team's database: sqlite:///path
    #[arg(long, global = true, value_name = "URL")]
    pub database: Option<String>,
    /// On a team's server, by its URL
    #[arg(long, global = true, value_name = "URL", conflicts_with = "database")]
    pub server: Option<String>,
    /// The token for it, in a file that only you can read
    #[arg(long, global = true, value_name = "FILE")]
    pub token_file: Option<PathBuf>,
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
    Import(ImportArgs),
    /// Write decisions, a case or the audit log out
    Export(ExportArgs),
    /// The week for a client
    Report(super::report::ReportArgs),
    /// Check the audit log
    Audit(AuditArgs),
    /// Figures, a row a queue
    Stats(StatsArgs),
    /// Queues and what waits in them
    Queue(QueueArgs),
    /// People
    Moderator(ModeratorArgs),
    /// Clients
    Client(ClientArgs),
    /// Notices, and who has read them
    Notice(super::notice::NoticeArgs),
    /// Webhooks: who is told of decisions, reversals and alerts
    Webhook(super::webhook::WebhookArgs),
    /// Policies
    Policy(PolicyArgs),
    /// Prepared replies
    Template(super::template::TemplateArgs),
    /// Keys and keymaps
    Keys(KeysArgs),
    /// Everything about yourself
    Me(MeArgs),
    /// The supervisor's dashboard, live
    Watch(WatchArgs),
    /// Serve the queue to a team, until SIGTERM
    Serve(ServeArgs),
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

/// `moddesk watch`.
#[derive(Clone, Debug, Default, Group)]
pub struct WatchArgs {
    /// default, azerty, vim, one-hand, or a file
    #[arg(long, value_name = "NAME|FILE")]
    pub keymap: Option<String>,
    /// terminal, high-contrast or mono
    #[arg(long, value_name = "NAME")]
    pub theme: Option<String>,
    /// Line by line, for screen readers, pipes and dumb terminals
    #[arg(long)]
    pub plain: bool,
}

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

/// What a file of items looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// A JSON object a line
    Jsonl,
    /// Comma-separated values with a head line
    Csv,
}

/// `moddesk import`.
#[derive(Clone, Debug, Group)]
pub struct ImportArgs {
    /// The file (also .gz), or - for standard input
    pub file: PathBuf,
    /// For items that name no queue
    #[arg(long, value_name = "NAME")]
    pub queue: Option<String>,
    /// Told by the file's name where not said
    #[arg(long)]
    pub format: Option<Format>,
}

/// `moddesk export`.
#[derive(Clone, Debug, Group)]
pub struct ExportArgs {
    /// What.
    #[command(subcommand)]
    pub what: Export,
}

/// What can be exported.
#[derive(Clone, Debug, Subcommand)]
pub enum Export {
    /// Decisions, oldest first
    Decisions {
        /// As lines of JSON or as CSV
        #[arg(long, default_value = "jsonl")]
        format: Format,
        /// From this moment on (RFC 3339)
        #[arg(long, value_name = "T")]
        since: Option<Timestamp>,
        /// Before this moment (RFC 3339)
        #[arg(long, value_name = "T")]
        until: Option<Timestamp>,
        /// Names instead of pseudonyms; needs the right, and is audited
        #[arg(long)]
        names: bool,
        /// Into a file
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// What was worth telling clients, with the authors' own words
    Insights(super::insights::InsightsArgs),
    /// The dossier of one item, without names
    Case {
        /// Its id
        item: String,
        /// Into a file
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// The append-only log
    Audit {
        /// Into a file
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
}

/// `moddesk audit`.
#[derive(Clone, Debug, Group)]
pub struct AuditArgs {
    /// What.
    #[command(subcommand)]
    pub what: Audit,
}

/// What can be done with the audit log.
#[derive(Clone, Debug, Subcommand)]
pub enum Audit {
    /// Recompute the chain: 0 when it is whole, 4 naming the first broken entry
    Verify {
        /// An exported log; the queue's own otherwise
        file: Option<PathBuf>,
    },
}

/// `moddesk stats`.
#[derive(Clone, Debug, Group)]
pub struct StatsArgs {
    /// As one JSON object
    #[arg(long)]
    pub json: bool,
    /// Again whenever something changes
    #[arg(long)]
    pub follow: bool,
}

/// `moddesk queue`.
#[derive(Clone, Debug, Group)]
pub struct QueueArgs {
    /// What.
    #[command(subcommand)]
    pub what: QueueCommand,
}

/// What can be done with queues.
#[derive(Clone, Debug, Subcommand)]
pub enum QueueCommand {
    /// All queues
    List {
        /// As a JSON array
        #[arg(long)]
        json: bool,
    },
    /// Make one
    Add {
        /// Its name
        name: String,
        /// Its settings.
        #[command(flatten)]
        settings: QueueSettings,
    },
    /// Change one
    Set {
        /// Its name
        name: String,
        /// Its settings.
        #[command(flatten)]
        settings: QueueSettings,
    },
    /// Serve nothing from it
    Pause {
        /// Its name
        name: String,
        /// Why, for whoever wonders
        #[arg(long, value_name = "WHY")]
        reason: Option<String>,
    },
    /// Serve from it again
    Resume {
        /// Its name
        name: String,
    },
    /// Move items to another queue; whoever holds one loses it
    Move {
        /// Their ids
        #[arg(required = true)]
        items: Vec<String>,
        /// The queue they go to
        #[arg(long, value_name = "QUEUE")]
        to: String,
    },
    /// One queue: its settings and figures, and what stands in it, by a filter
    Show(super::show::ShowArgs),
    /// Give back what was passed, or what was escalated
    Release {
        /// Its name
        name: String,
        /// What its moderators passed
        #[arg(long, required_unless_present = "escalated", conflicts_with = "escalated")]
        passed: bool,
        /// What was escalated from it
        #[arg(long)]
        escalated: bool,
    },
    /// Erase everything of an author on their request; ids and verdicts stay
    Erase {
        /// Their id
        #[arg(long, value_name = "ID")]
        author: String,
    },
    /// Let go now what clients do not want kept any longer; a desk that opens does it by itself
    Expire,
    /// Stop the clock of items' deadlines, for a reason that is recorded
    PauseDeadline {
        /// Their ids
        #[arg(required = true)]
        items: Vec<String>,
        /// Why
        #[arg(long, value_name = "REASON", value_parser = ["clarification", "force_majeure", "awaiting_party", "authority"])]
        reason: String,
    },
    /// Let items' deadlines go on with what was left
    ResumeDeadline {
        /// Their ids
        #[arg(required = true)]
        items: Vec<String>,
    },
    /// Deadlines that laws and standards set, by the names that --deadline takes
    Laws {
        /// As a JSON array
        #[arg(long)]
        json: bool,
    },
    /// Withdraw items; their history stays
    Withdraw {
        /// Their ids
        #[arg(required = true)]
        items: Vec<String>,
    },
}

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
        #[arg(long, value_name = "TIME")]
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

/// `moddesk client`.
#[derive(Clone, Debug, Group)]
pub struct ClientArgs {
    /// What.
    #[command(subcommand)]
    pub what: ClientCommand,
}

/// What can be done with clients.
#[derive(Clone, Debug, Subcommand)]
pub enum ClientCommand {
    /// All clients
    List {
        /// As a JSON array
        #[arg(long)]
        json: bool,
    },
    /// Make one
    Add {
        /// Its name
        name: String,
        /// Its settings.
        #[command(flatten)]
        settings: ClientSettings,
    },
    /// Change one
    Set {
        /// Its name
        name: String,
        /// Its settings.
        #[command(flatten)]
        settings: ClientSettings,
    },
    /// Bring what an older version of its policies decided back, to be decided anew
    Again {
        /// Its name
        name: String,
        /// The version that the decisions record: "meteo 13"
        #[arg(long, value_name = "VERSION")]
        version: String,
    },
}

/// A client's settings; what is not said stays.
#[derive(Clone, Debug, Default, Group)]
pub struct ClientSettings {
    /// As the moderator reads it
    #[arg(long)]
    pub title: Option<String>,
    /// A text file with the charter
    #[arg(long, value_name = "FILE")]
    pub charter: Option<PathBuf>,
    /// A policy file, laid over the built-in ones
    #[arg(long, value_name = "FILE")]
    pub policies: Option<PathBuf>,
    /// What insights may be about, with commas between
    #[arg(long, value_delimiter = ',', value_name = "TOPICS")]
    pub topics: Option<Vec<String>>,
    /// Whether moderators may name topics besides
    #[arg(long, value_name = "true|false", value_parser = ["yes", "no"])]
    pub new_topics: Option<String>,
    /// How long the words of what was decided are kept: 90d, or none for ever
    #[arg(long, value_name = "TIME")]
    pub keep_content: Option<String>,
    /// How long its media are kept
    #[arg(long, value_name = "TIME")]
    pub keep_media: Option<String>,
    /// How long the words of what was deleted are kept; as other content otherwise
    #[arg(long, value_name = "TIME")]
    pub keep_removed: Option<String>,
    /// A file of prepared replies
    #[arg(long, value_name = "FILE")]
    pub templates: Option<PathBuf>,
    /// Whom to ring about imminent harm, in order (repeatable)
    #[arg(long = "contact", value_name = "WHO")]
    pub contacts: Vec<String>,
    /// When somebody is there
    #[arg(long)]
    pub hours: Option<String>,
}

/// `moddesk policy`.
#[derive(Clone, Debug, Group)]
pub struct PolicyArgs {
    /// What.
    #[command(subcommand)]
    pub what: PolicyCommand,
}

/// What can be done with policies.
#[derive(Clone, Debug, Subcommand)]
pub enum PolicyCommand {
    /// Name every mistake of a policy file with its line
    Check {
        /// The file; the built-in policies otherwise
        file: Option<PathBuf>,
    },
    /// The policies in force
    Show {
        /// For this client
        #[arg(long, value_name = "NAME")]
        client: Option<String>,
        /// As a JSON array
        #[arg(long)]
        json: bool,
    },
}

/// `moddesk keys`.
#[derive(Clone, Debug, Group)]
pub struct KeysArgs {
    /// What; `show` where nothing is said.
    #[command(subcommand)]
    pub what: Option<KeysCommand>,
    /// default, azerty, vim, one-hand, or a file
    #[arg(long, global = true, value_name = "NAME|FILE")]
    pub keymap: Option<String>,
}

/// What can be done with keys.
#[derive(Clone, Debug, Subcommand)]
pub enum KeysCommand {
    /// The keys in force, by screen
    Show,
    /// All commands, with their keys
    List,
    /// Name every conflict, unknown command and unreachable key of a keymap file
    Check {
        /// The file
        file: PathBuf,
    },
}

/// `moddesk me`.
#[derive(Clone, Debug, Group)]
pub struct MeArgs {
    /// What.
    #[command(subcommand)]
    pub what: MeCommand,
    /// Who
    #[arg(long, global = true, value_name = "NAME")]
    pub moderator: Option<String>,
}

/// What can be done about oneself.
#[derive(Clone, Debug, Subcommand)]
pub enum MeCommand {
    /// Everything the queue keeps about you, as JSON
    Export,
    /// Forget finished shifts; what still binds stays
    Erase,
    /// Topics that you do not take, from the next item fetched on; without an option, those of now
    Topics {
        /// Take this no more: the code of a policy or the category of a report (repeatable)
        #[arg(long, value_name = "TOPIC")]
        out: Vec<String>,
        /// Take this again (repeatable)
        #[arg(long, value_name = "TOPIC")]
        back: Vec<String>,
    },
    /// Your check-ins, kept on this machine alone; print what you want to share, and hand it over yourself
    CheckIns {
        /// Only this one, by its number (repeatable)
        #[arg(long, value_name = "N")]
        only: Vec<usize>,
    },
}
