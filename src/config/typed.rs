//! What is said outside the configuration file: on the command line, and by the environment.

use super::login;
use super::secrets::Token;
use std::ffi::OsString;
use std::path::PathBuf;

/// What a user typed; it wins over everything else. Absent means not typed.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    /// `--data-dir`
    pub data_dir: Option<PathBuf>,
    /// `--config`
    pub config: Option<PathBuf>,
    /// `--lang`
    pub lang: Option<String>,
    /// `--no-color`
    pub no_color: bool,
    /// `--queue`, as often as typed
    pub queues: Vec<String>,
    /// `--moderator`
    pub moderator: Option<String>,
    /// `--keymap`
    pub keymap: Option<String>,
    /// `--theme`
    pub theme: Option<String>,
    /// `--server`
    pub server: Option<String>,
    /// `--token-file`
    pub token_file: Option<PathBuf>,
}

/// The variables that count, read once at the start. An empty one counts as absent.
#[derive(Clone, Debug, Default)]
pub struct Environment {
    /// `MODDESK_DATA_DIR`
    pub data_dir: Option<PathBuf>,
    /// `MODDESK_CONFIG`
    pub config: Option<PathBuf>,
    /// `MODDESK_SERVER`
    pub server: Option<String>,
    /// Where `moddesk login` has signed in last; its token is for that server alone.
    pub kept_server: Option<String>,
    /// `MODDESK_TOKEN`
    pub token: Option<Token>,
    /// `NO_COLOR`, set to anything at all
    pub no_color: bool,
    /// The first that is set of `LC_ALL`, `LC_MESSAGES` and `LANG`
    pub locale: Option<String>,
    /// The machine's name for who is signed in: `USER`, else `LOGNAME`
    pub user: Option<String>,
    /// `HOME`, for `~` in paths
    pub home: Option<PathBuf>,
}

impl Environment {
    /// The variables of this process.
    pub fn of_this_process() -> Self {
        Self { kept_server: login::kept(), ..Self::read(|name| std::env::var_os(name)) }
    }

    /// The variables that `get` answers.
    pub fn read(get: impl Fn(&str) -> Option<OsString>) -> Self {
        let some = |name: &str| get(name).filter(|value| !value.is_empty());
        let text = |name: &str| some(name).and_then(|value| value.into_string().ok());
        Self {
            data_dir: some("MODDESK_DATA_DIR").map(PathBuf::from),
            config: some("MODDESK_CONFIG").map(PathBuf::from),
            server: text("MODDESK_SERVER"),
            kept_server: None,
            token: text("MODDESK_TOKEN").map(Token::new),
            no_color: some("NO_COLOR").is_some(),
            locale: text("LC_ALL").or_else(|| text("LC_MESSAGES")).or_else(|| text("LANG")),
            user: text("USER").or_else(|| text("LOGNAME")),
            home: some("HOME").map(PathBuf::from),
        }
    }
}
