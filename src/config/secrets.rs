//! The token that signs a desk in: read from a file that only its owner may read, never shown.

use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// Longer than any token; a larger file is some other file.
const MOST: u64 = 4_096;

/// A token. It has no `Display`, and its `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// Takes a token as it came; white space around it is not part of it.
    pub fn new(token: impl AsRef<str>) -> Self {
        Self(token.as_ref().trim().to_owned())
    }

    /// For the header of a call, and for nothing else.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

/// Why there is no token. No message has a byte of the file in it.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    /// No such file.
    #[error("there is no token in {0}: run `moddesk login URL`, or set MODDESK_TOKEN")]
    Missing(PathBuf),
    /// The kept one is another server's, which it is not told to.
    #[error("the token that is kept is for {0}: run `moddesk login URL` for this server, or say --token-file")]
    Elsewhere(String),
    /// Others may read it.
    #[error("{} can be read by others (mode {mode:o}): run chmod 600 {}, and have the token replaced if others use this machine", path.display(), path.display())]
    Open {
        /// Which file.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// No token could look like that.
    #[error("{0} has no token in it: it must be one line of printable characters; run `moddesk login URL`")]
    Shape(PathBuf),
    /// The system refused.
    #[error("{} cannot be used: {error}; check who owns it", path.display())]
    Io {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
}

/// Reads a token file. One that its group or others may read is refused, since a token is a person's signature.
///
/// # Errors
/// Where it is missing, open to others, or no token.
pub fn read(path: &Path) -> Result<Token, SecretError> {
    let io = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => SecretError::Missing(path.to_owned()),
        _ => SecretError::Io { path: path.to_owned(), error },
    };
    let file = File::open(path).map_err(io)?;
    let kind = file.metadata().map_err(io)?;
    if !kind.is_file() || kind.len() > MOST {
        return Err(SecretError::Shape(path.to_owned()));
    }
    // The permissions of the open file, not of the name: nobody can swap it in between.
    let mode = mode_of(&kind);
    if mode & 0o077 != 0 {
        return Err(SecretError::Open { path: path.to_owned(), mode });
    }
    let mut text = String::new();
    file.take(MOST).read_to_string(&mut text).map_err(|_| SecretError::Shape(path.to_owned()))?;
    let token = Token::new(text);
    if token.0.is_empty() || !token.0.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(SecretError::Shape(path.to_owned()));
    }
    Ok(token)
}

/// Keeps a token, mode 0600 from its first byte on, replacing what was there in one step.
///
/// # Errors
/// Where the folder cannot be written to.
pub fn keep(path: &Path, token: &Token) -> Result<(), SecretError> {
    let io = |error| SecretError::Io { path: path.to_owned(), error };
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        super::paths::private_folder(folder).map_err(io)?;
    }
    let beside = path.with_extension(format!("new-{}", std::process::id()));
    let written = owner_only()
        .open(&beside)
        .and_then(|mut file| {
            file.write_all(token.0.as_bytes())?;
            file.write_all(b"\n")?;
            file.sync_all()
        })
        .and_then(|()| fs::rename(&beside, path));
    written.map_err(|error| {
        let _ = fs::remove_file(&beside);
        io(error)
    })
}

#[cfg(unix)]
fn mode_of(kind: &fs::Metadata) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    kind.permissions().mode() & 0o777
}

#[cfg(not(unix))]
fn mode_of(_: &fs::Metadata) -> u32 {
    0o600
}

fn owner_only() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn a_kept_token_comes_back_and_only_its_owner_may_read_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("moddesk/token");
        keep(&path, &Token::new("mdk_one\n")).expect("written");
        keep(&path, &Token::new("mdk_two")).expect("replaced");
        assert_eq!(read(&path).expect("read").reveal(), "mdk_two");
        assert_eq!(fs::metadata(&path).expect("there").permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::read_dir(path.parent().expect("folder")).expect("read").count(), 1);
    }

    #[test]
    fn a_token_that_others_can_read_is_refused_and_never_shown() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("token");
        fs::write(&path, "mdk_secret").expect("written");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("set");
        let error = read(&path).expect_err("refused");
        assert!(matches!(error, SecretError::Open { mode: 0o640, .. }), "{error}");
        assert!(error.to_string().contains("chmod 600"));
        assert!(!format!("{error} {error:?} {:?}", Token::new("mdk_secret")).contains("mdk_secret"));
    }

    #[test]
    fn what_is_no_token_is_named_without_its_content() {
        let folder = tempfile::tempdir().expect("a folder");
        assert!(matches!(read(&folder.path().join("none")), Err(SecretError::Missing(_))));
        assert!(matches!(read(folder.path()), Err(SecretError::Shape(_))));
        for content in [&b""[..], b"two words", b"\xff\xfe", &[b'a'; 5_000]] {
            let path = folder.path().join("token");
            let _ = fs::remove_file(&path);
            owner_only().open(&path).and_then(|mut file| file.write_all(content)).expect("written");
            assert!(matches!(read(&path), Err(SecretError::Shape(_))));
        }
    }
}
