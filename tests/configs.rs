//! Configuration and policy files as people write them: each file under `valid_…` is taken, each under `invalid_…` is
//! refused with exactly the messages that its first lines name.

use moddesk::config::{Config, ConfigError, Environment, Typed, policies, templates};
use std::fs;
use std::path::{Path, PathBuf};

fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(folder);
    let mut files: Vec<PathBuf> =
        fs::read_dir(&folder).expect("the folder is there").flatten().map(|f| f.path()).collect();
    files.sort();
    assert!(!files.is_empty());
    files
}

/// What the first lines of a file say that it is refused with.
fn expected(path: &Path) -> Vec<String> {
    let text = fs::read_to_string(path).expect("readable");
    let mut lines: Vec<String> =
        text.lines().map_while(|line| line.strip_prefix("# refused: ")).map(str::to_owned).collect();
    lines.sort();
    lines
}

fn load(path: &Path) -> Result<Config, ConfigError> {
    let typed = Typed { config: Some(path.to_owned()), data_dir: Some("/nowhere".into()), ..Typed::default() };
    Config::load(&typed, &Environment::default())
}

/// The messages of all files at once, so that one run shows everything that changed.
fn compare(folder: &str, found: impl Fn(&Path) -> Vec<String>) {
    let mut wrong = Vec::new();
    for path in files(folder) {
        let (expected, mut found) = (expected(&path), found(&path));
        found.sort();
        if expected != found {
            let name = path.file_name().expect("a file").to_string_lossy().into_owned();
            wrong.push(format!("{name}\n  expected {expected:#?}\n  found {found:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn mistakes_of_config(path: &Path) -> Vec<String> {
    match load(path) {
        Ok(_) => Vec::new(),
        Err(ConfigError::Mistakes(files)) => {
            let folder = format!("{}/", path.parent().expect("a folder").display());
            let all = files.iter().flat_map(|file| &file.mistakes);
            all.map(|mistake| mistake.to_string().replace(&folder, "")).collect()
        }
        Err(other) => vec![other.to_string()],
    }
}

fn mistakes_of_policies(path: &Path) -> Vec<String> {
    let text = fs::read_to_string(path).expect("readable");
    policies::check(&text).iter().map(ToString::to_string).collect()
}

#[test]
fn every_valid_configuration_is_taken() {
    compare("valid_configs", mistakes_of_config);
}

#[test]
fn every_invalid_configuration_names_its_mistakes() {
    compare("invalid_configs", mistakes_of_config);
}

#[test]
fn every_valid_policy_file_is_taken() {
    compare("valid_policies", mistakes_of_policies);
}

#[test]
fn every_invalid_policy_file_names_its_mistakes() {
    compare("invalid_policies", mistakes_of_policies);
}

#[test]
fn every_invalid_file_of_replies_names_its_mistakes() {
    compare("invalid_templates", |path| {
        let text = fs::read_to_string(path).expect("readable");
        templates::check(&text, None).iter().map(ToString::to_string).collect()
    });
}

#[test]
fn a_mistake_is_named_with_the_file_it_stands_in() {
    let path = files("invalid_configs").into_iter().find(|path| path.ends_with("hold-too-long.toml")).expect("there");
    let message = load(&path).expect_err("refused").to_string();
    assert_eq!(message, format!("{}:3:8: hold must be 0s to 1m, not 61s", path.display()));
}
