//! What the program needs, each setting with the place it came from.

use super::clients::{self, ClientEntry};
use super::mistake::{Mistake, Mistakes};
use super::near::hint;
use super::paths::{Paths, usual_config_dir, usual_data_dir, written};
use super::queues::{self, QueueEntry};
use super::raw::{self, LANGS, Pictures, RawConfig, RawDesk, RawServer, Reveal, THEMES, Theme, check_url};
use super::secrets::{self, SecretError, Token};
use super::typed::{Environment, Typed};
use super::value::{Source, Valued};
use crate::wellbeing::Rules;
use crate::words::Lang;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// No configuration a person writes is larger.
const MOST: u64 = 1 << 20;

/// Why there is no configuration.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A file that was asked for by name.
    #[error("there is no configuration file {0}: check --config and MODDESK_CONFIG")]
    NoFile(PathBuf),
    /// It is there, and cannot be read.
    #[error("the configuration file {} cannot be read: {why}", path.display())]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// What the system said.
        why: String,
    },
    /// It says what cannot be; every mistake is named.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Mistakes(Vec<Mistakes>),
    /// What was typed, or stands in the environment, cannot be.
    #[error("{origin} {message}")]
    Said {
        /// The option or the variable.
        origin: Source,
        /// What it must be.
        message: String,
    },
    /// The system knows no folder for this user.
    #[error("there is no home folder to keep the queue in: say where with --data-dir or MODDESK_DATA_DIR")]
    NoHome,
}

impl ConfigError {
    /// Whether it is a matter of how the command was typed (exit 2), not of a file.
    pub fn is_usage(&self) -> bool {
        matches!(self, Self::Said { origin: Source::Typed(_), .. })
    }
}

/// Everything that is settled before the program does anything.
#[derive(Clone, Debug)]
pub struct Config {
    /// The file that was read, if there was one.
    pub file: Option<Arc<PathBuf>>,
    /// Where the embedded queue, the journal and the logs are.
    pub data_dir: Valued<PathBuf>,
    /// The language of the screens.
    pub lang: Valued<Lang>,
    /// Whether colours may be used at all.
    pub color: Valued<bool>,
    /// How the desk behaves.
    pub desk: Desk,
    /// The team's server; absent means the embedded queue.
    pub server: Option<Server>,
    /// The rules that protect whoever looks.
    pub wellbeing: Valued<Rules>,
    /// The clients that the file names.
    pub clients: Vec<ClientEntry>,
    /// The queues that the file names.
    pub queues: Vec<QueueEntry>,
}

/// `[desk]`, settled.
#[derive(Clone, Debug)]
pub struct Desk {
    /// Who sits at it.
    pub moderator: Valued<String>,
    /// Only these; empty means all of the moderator's.
    pub queues: Valued<Vec<String>>,
    /// Which keymap.
    pub keymap: Valued<Keymap>,
    /// How it is coloured.
    pub theme: Valued<Theme>,
    /// Planned length of a shift, where sign-in does not say.
    pub shift: Valued<Duration>,
    /// How long a decision can be taken back before it leaves: 0 to 60 s.
    pub hold: Valued<Duration>,
    /// The guard before a deciding key counts, 0 to 1 s; none turns all timed guards off.
    pub guard: Valued<Duration>,
    /// Whether approving what was never opened asks once more.
    pub confirm_unseen: Valued<bool>,
    /// How many items are fetched ahead: 1 to 20.
    pub prefetch: Valued<u8>,
    /// From how many hundredths of their pieces in common on two texts count as nearly the same: 20 to 95.
    pub alike: Valued<u8>,
    /// How long an opened text stays.
    pub reveal: Valued<Reveal>,
    /// Without a key, while content is open.
    pub curtain_after: Valued<Duration>,
    /// What has to be typed to raise the curtain; without it any key does. It keeps a passer-by from what is under the
    /// curtain, not whoever can read this file.
    pub curtain_word: Valued<Option<String>>,
    /// Whether it may ring.
    pub bell: Valued<bool>,
    /// How pictures are shown.
    pub pictures: Valued<Pictures>,
    /// Whether the line to breathe by on the break screen moves, once a second: else nothing moves there.
    pub breathing: Valued<bool>,
    /// Whether the day's question is asked.
    pub check_in: Valued<bool>,
    /// Two letters, for whom to ring in a break; else that of the locale.
    pub country: Valued<Option<String>>,
    /// Whom to ring, the house's own.
    pub help: Valued<Vec<String>>,
}

/// A keymap by name or by file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Keymap {
    /// One that comes with the program.
    Name(String),
    /// A user's own.
    File(PathBuf),
}

/// `[server]`, settled.
#[derive(Clone, Debug)]
pub struct Server {
    /// Where it answers.
    pub url: Valued<String>,
    /// Further authorities to trust, PEM.
    pub ca_file: Option<PathBuf>,
    token: TokenSource,
}

#[derive(Clone, Debug)]
enum TokenSource {
    Said(Token),
    File(PathBuf),
    /// The kept one is for another server, and goes to no other.
    Elsewhere(String),
}

impl Server {
    /// The token to sign in with: of `--token-file`, else of `MODDESK_TOKEN`, else of the file's `token_file`, else
    /// of the place where `moddesk login` keeps it. It is read when asked for, so that only who needs it may fail.
    ///
    /// # Errors
    /// Where there is none, or others may read it.
    pub fn token(&self) -> Result<Token, SecretError> {
        match &self.token {
            TokenSource::Said(token) => Ok(token.clone()),
            TokenSource::File(path) => secrets::read(path),
            TokenSource::Elsewhere(url) => Err(SecretError::Elsewhere(url.clone())),
        }
    }

    /// Where `moddesk login` keeps the token, unless the environment says it.
    pub fn token_file(&self) -> Option<&Path> {
        match &self.token {
            TokenSource::Said(_) | TokenSource::Elsewhere(_) => None,
            TokenSource::File(path) => Some(path),
        }
    }
}

impl Config {
    /// Settles everything: what was typed wins over the environment, which wins over the file, which wins over what
    /// is shipped.
    ///
    /// # Errors
    /// Every mistake in the files at once, or what is wrong outside them.
    pub fn load(typed: &Typed, environment: &Environment) -> Result<Self, ConfigError> {
        let (path, asked) = match (&typed.config, &environment.config) {
            (Some(path), _) | (None, Some(path)) => (Some(path.clone()), true),
            (None, None) => (usual_config_dir().map(|folder| folder.join("config.toml")), false),
        };
        let text = match &path {
            Some(path) => read_file(path, asked)?,
            None => None,
        };
        let file = path.filter(|_| text.is_some()).map(Arc::new);
        Self::settle(file, &text.unwrap_or_default(), typed, environment)
    }

    fn settle(
        file: Option<Arc<PathBuf>>,
        text: &str,
        typed: &Typed,
        environment: &Environment,
    ) -> Result<Self, ConfigError> {
        let none = Arc::new(PathBuf::new());
        let from = file.as_ref().unwrap_or(&none);
        let (raw, found) = raw::read(text);
        let mut mistakes = Vec::new();
        if !found.is_empty() {
            mistakes.push(Mistakes { file: from.to_path_buf(), mistakes: found });
        }
        let RawConfig { mut desk, server, wellbeing, clients, queues } = raw;
        let home = environment.home.as_deref();
        let clients = clients::resolve(clients, from, text, home, &mut mistakes);
        if !mistakes.is_empty() {
            return Err(ConfigError::Mistakes(mistakes));
        }
        Ok(Self {
            data_dir: data_dir(typed, environment)?,
            lang: lang(&mut desk, typed, environment, from)?,
            color: Valued::shipped(true)
                .environment(environment.no_color.then_some(false), "NO_COLOR")
                .typed(typed.no_color.then_some(false), "--no-color"),
            desk: Desk::settle(desk, typed, environment, from)?,
            server: Server::settle(server, typed, environment, from)?,
            wellbeing: Valued::shipped(Rules::shipped()).file(wellbeing, from),
            clients,
            queues: queues::resolve(queues),
            file,
        })
    }

    /// The folders of this configuration.
    pub fn paths(&self) -> Paths {
        Paths { data_dir: self.data_dir.value.clone() }
    }

    /// Where the file names this key of this queue, as `file:line`: there `queue set` has no say.
    pub fn names_queue(&self, queue: &str, key: &str) -> Option<String> {
        let entry = self.queues.iter().find(|entry| entry.name == queue)?;
        self.line_of(&entry.named, key)
    }

    /// Where the file names this key of this client, as `file:line`.
    pub fn names_client(&self, client: &str, key: &str) -> Option<String> {
        let entry = self.clients.iter().find(|entry| entry.name == client)?;
        self.line_of(&entry.named, key)
    }

    fn line_of(&self, named: &[(&'static str, u32)], key: &str) -> Option<String> {
        let line = named.iter().find(|(name, _)| *name == key)?.1;
        Some(format!("{}:{line}", self.file.as_ref()?.display()))
    }
}

fn read_file(path: &Path, asked: bool) -> Result<Option<String>, ConfigError> {
    let unreadable = |why: String| ConfigError::Unreadable { path: path.to_owned(), why };
    match fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return if asked { Err(ConfigError::NoFile(path.to_owned())) } else { Ok(None) };
        }
        Err(error) => return Err(unreadable(error.to_string())),
        Ok(kind) if kind.is_dir() => return Err(unreadable("it is a folder; name the file in it".into())),
        Ok(kind) if kind.len() > MOST => return Err(unreadable("it is larger than 1 MiB; name another file".into())),
        Ok(_) => {}
    }
    let bytes = fs::read(path).map_err(|error| unreadable(error.to_string()))?;
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Some(text)),
        Err(error) => {
            let line =
                error.as_bytes()[..error.utf8_error().valid_up_to()].iter().filter(|byte| **byte == b'\n').count();
            let line = u32::try_from(line).unwrap_or(u32::MAX).saturating_add(1);
            let message = "this line is not UTF-8: save the file as UTF-8".to_owned();
            let mistakes = vec![Mistake { line, column: 1, message }];
            Err(ConfigError::Mistakes(vec![Mistakes { file: path.to_owned(), mistakes }]))
        }
    }
}

fn data_dir(typed: &Typed, environment: &Environment) -> Result<Valued<PathBuf>, ConfigError> {
    let said = [
        (&typed.data_dir, Source::Typed("--data-dir")),
        (&environment.data_dir, Source::Environment("MODDESK_DATA_DIR")),
    ];
    for (folder, source) in said {
        if let Some(folder) = folder {
            return Ok(Valued { value: folder.clone(), source });
        }
    }
    usual_data_dir().map(Valued::shipped).ok_or(ConfigError::NoHome)
}

fn lang(
    desk: &mut RawDesk,
    typed: &Typed,
    environment: &Environment,
    file: &Arc<PathBuf>,
) -> Result<Valued<Lang>, ConfigError> {
    let locale = environment.locale.clone().map(|locale| Lang::of_locale(|_| Some(locale.clone())));
    let base = match locale {
        Some(value) => Valued { value, source: Source::Machine("the locale") },
        None => Valued::shipped(Lang::En),
    };
    let said = choice(typed.lang.as_deref(), &LANGS, "--lang")?;
    Ok(base.file(desk.lang.take(), file).typed(said, "--lang"))
}

/// What was typed, as one of a few.
fn choice<T: Copy>(
    typed: Option<&str>,
    choices: &[(&'static str, T)],
    option: &'static str,
) -> Result<Option<T>, ConfigError> {
    let Some(typed) = typed else { return Ok(None) };
    match choices.iter().find(|(name, _)| *name == typed) {
        Some((_, choice)) => Ok(Some(*choice)),
        None => {
            let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
            let message = format!("must be {}{}", names.join(", "), hint(typed, names.iter().copied()));
            Err(ConfigError::Said { origin: Source::Typed(option), message })
        }
    }
}

impl Desk {
    fn settle(
        raw: RawDesk,
        typed: &Typed,
        environment: &Environment,
        file: &Arc<PathBuf>,
    ) -> Result<Self, ConfigError> {
        let folder = file.parent().unwrap_or(Path::new(""));
        let home = environment.home.as_deref();
        let user = environment.user.clone().filter(|user| crate::moderation::item::is_name(user));
        let moderator = match user {
            Some(value) => Valued { value, source: Source::Machine("USER") },
            None => Valued::shipped("moderator".to_owned()),
        };
        if let Some(name) = typed.moderator.as_deref().filter(|name| !crate::moderation::item::is_name(name)) {
            let message = format!("must be a name of printable ASCII without spaces, not {name:?}");
            return Err(ConfigError::Said { origin: Source::Typed("--moderator"), message });
        }
        let ms = Duration::from_millis;
        Ok(Self {
            moderator: moderator.file(raw.moderator, file).typed(typed.moderator.clone(), "--moderator"),
            queues: Valued::shipped(Vec::new())
                .file(raw.queues, file)
                .typed((!typed.queues.is_empty()).then(|| typed.queues.clone()), "--queue"),
            keymap: Valued::shipped(Keymap::Name("default".into()))
                .file(raw.keymap.map(|found| found.map(|name| keymap(&name, folder, home))), file)
                .typed(typed.keymap.as_deref().map(|name| keymap(name, Path::new(""), home)), "--keymap"),
            theme: Valued::shipped(Theme::default())
                .file(raw.theme, file)
                .typed(choice(typed.theme.as_deref(), &THEMES, "--theme")?, "--theme"),
            shift: Valued::shipped(ms(8 * 3_600_000)).file(raw.shift, file),
            hold: Valued::shipped(ms(10_000)).file(raw.hold, file),
            guard: Valued::shipped(ms(250)).file(raw.guard, file),
            confirm_unseen: Valued::shipped(true).file(raw.confirm_unseen, file),
            prefetch: Valued::shipped(3).file(raw.prefetch, file),
            alike: Valued::shipped(50).file(raw.alike, file),
            reveal: Valued::shipped(Reveal::Auto).file(raw.reveal, file),
            curtain_after: Valued::shipped(ms(60_000)).file(raw.curtain_after, file),
            curtain_word: Valued::shipped(None).file(raw.curtain_word.map(|found| found.map(Some)), file),
            bell: Valued::shipped(false).file(raw.bell, file),
            pictures: Valued::shipped(Pictures::default()).file(raw.pictures, file),
            breathing: Valued::shipped(false).file(raw.breathing, file),
            check_in: Valued::shipped(false).file(raw.check_in, file),
            country: Valued::shipped(None).file(raw.country.map(|found| found.map(Some)), file),
            help: Valued::shipped(Vec::new())
                .file(raw.help.map(|found| found.map(|help| help.into_iter().map(|one| one.value).collect())), file),
        })
    }
}

/// A name has no slash and no ending; anything else is a file.
fn keymap(name: &str, folder: &Path, home: Option<&Path>) -> Keymap {
    if name.contains('/') || name.ends_with(".toml") {
        Keymap::File(written(name, folder, home))
    } else {
        Keymap::Name(name.to_owned())
    }
}

impl Server {
    fn settle(
        raw: RawServer,
        typed: &Typed,
        environment: &Environment,
        file: &Arc<PathBuf>,
    ) -> Result<Option<Self>, ConfigError> {
        let folder = file.parent().unwrap_or(Path::new(""));
        let home = environment.home.as_deref();
        let url = Valued::shipped(None)
            .environment(environment.kept_server.clone().map(Some), "moddesk login")
            .file(raw.url.map(|found| found.map(Some)), file)
            .environment(environment.server.clone().map(Some), "MODDESK_SERVER")
            .typed(typed.server.clone().map(Some), "--server");
        let Valued { value: Some(value), source } = url else { return Ok(None) };
        if let Err(message) = check_url(&value) {
            return Err(ConfigError::Said { origin: source, message: message.into() });
        }
        let kept = raw.token_file.map(|found| written(&found.value, folder, home));
        let token = match (&typed.token_file, &environment.token) {
            (Some(path), _) => TokenSource::File(path.clone()),
            (None, Some(token)) => TokenSource::Said(token.clone()),
            (None, None) => match (kept, &environment.kept_server) {
                (Some(path), _) => TokenSource::File(path),
                (None, Some(other)) if other.trim_end_matches('/') != value.trim_end_matches('/') => {
                    TokenSource::Elsewhere(other.clone())
                }
                (None, _) => match usual_config_dir() {
                    Some(folder) => TokenSource::File(folder.join("token")),
                    None => return Err(ConfigError::NoHome),
                },
            },
        };
        let ca_file = raw.ca_file.map(|found| written(&found.value, folder, home));
        Ok(Some(Self { url: Valued { value: value.trim_end_matches('/').to_owned(), source }, ca_file, token }))
    }
}
