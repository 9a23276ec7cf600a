//! Where things are on this machine.

use directories::ProjectDirs;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The folder that holds the embedded queue, the journal and the logs, open to its owner alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paths {
    /// The folder itself.
    pub data_dir: PathBuf,
}

impl Paths {
    /// The decisions that are not settled yet, a file for each moderator and backend.
    pub fn journal(&self) -> PathBuf {
        self.data_dir.join("journal")
    }

    /// Logs, without content.
    pub fn logs(&self) -> PathBuf {
        self.data_dir.join("logs")
    }

    /// Makes the folder, mode 0700; one that is there already keeps its content and loses the rights of others.
    ///
    /// # Errors
    /// Where it cannot be made or is not a folder.
    pub fn make(&self) -> io::Result<()> {
        private_folder(&self.data_dir)
    }
}

/// The system's folder for the data of programs, for this one.
pub fn usual_data_dir() -> Option<PathBuf> {
    Some(project()?.data_dir().to_owned())
}

/// The system's folder for settings.
pub fn usual_config_dir() -> Option<PathBuf> {
    Some(project()?.config_dir().to_owned())
}

fn project() -> Option<ProjectDirs> {
    ProjectDirs::from("", "", "moddesk")
}

/// A path as a person writes it: `~` is home, and what is relative lies in `folder`.
pub(crate) fn written(path: &str, folder: &Path, home: Option<&Path>) -> PathBuf {
    match (path.strip_prefix('~'), home) {
        (Some(""), Some(home)) => home.to_owned(),
        (Some(rest), Some(home)) if rest.starts_with('/') => home.join(&rest[1..]),
        _ => folder.join(path),
    }
}

/// A folder for its owner alone. Only what is made or held by this program is passed here; folders above it are made
/// with the usual rights.
pub(crate) fn private_folder(folder: &Path) -> io::Result<()> {
    if !folder.is_dir() {
        if let Some(above) = folder.parent() {
            fs::create_dir_all(above)?;
        }
        let mut builder = fs::DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        match builder.create(folder) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && folder.is_dir() => {}
            made => return made,
        }
    }
    close_to_others(folder)
}

/// Takes the rights of others away where that is possible; a read-only place is told of by whoever writes first.
#[cfg(unix)]
fn close_to_others(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mode = fs::metadata(folder)?.permissions().mode();
    if mode & 0o077 != 0 {
        let _ = fs::set_permissions(folder, fs::Permissions::from_mode(mode & 0o700));
    }
    Ok(())
}

#[cfg(not(unix))]
fn close_to_others(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).expect("there").permissions().mode() & 0o777
    }

    #[test]
    fn the_data_folder_is_for_its_owner_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let paths = Paths { data_dir: folder.path().join("deep/data") };
        paths.make().expect("made");
        assert_eq!(mode(&paths.data_dir), 0o700);
        fs::set_permissions(&paths.data_dir, fs::Permissions::from_mode(0o755)).expect("set");
        paths.make().expect("there");
        assert_eq!(mode(&paths.data_dir), 0o700);
    }

    #[test]
    fn paths_are_read_as_people_write_them() {
        let (folder, home) = (Path::new("/etc/moddesk"), Path::new("/home/ines"));
        assert_eq!(written("~/token", folder, Some(home)), home.join("token"));
        assert_eq!(written("~", folder, Some(home)), home);
        assert_eq!(written("meteo.toml", folder, Some(home)), folder.join("meteo.toml"));
        assert_eq!(written("/srv/t", folder, None), Path::new("/srv/t"));
        assert_eq!(written("~ines/t", folder, Some(home)), folder.join("~ines/t"));
    }
}
