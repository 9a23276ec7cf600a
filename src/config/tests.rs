use super::*;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// A folder with a configuration file in it, and what was typed to use it.
fn with(text: &str) -> (tempfile::TempDir, Typed) {
    let folder = tempfile::tempdir().expect("a folder");
    let config = folder.path().join("config.toml");
    fs::write(&config, text).expect("written");
    let typed = Typed { config: Some(config), data_dir: Some(folder.path().join("data")), ..Typed::default() };
    (folder, typed)
}

fn load(text: &str) -> Config {
    let (_folder, typed) = with(text);
    Config::load(&typed, &Environment::default()).expect("taken")
}

#[test]
fn what_is_shipped_is_what_the_contract_says() {
    let config = load("");
    let desk = &config.desk;
    assert_eq!(desk.moderator.value, "moderator");
    assert!(desk.queues.is_empty() && *desk.confirm_unseen && !*desk.bell && *config.color);
    assert_eq!(desk.keymap.value, Keymap::Name("default".into()));
    assert_eq!((desk.theme.value, desk.reveal.value, config.lang.value), (Theme::Terminal, Reveal::Auto, Lang::En));
    assert_eq!((desk.shift.as_secs(), desk.hold.as_secs(), desk.guard.as_millis()), (28_800, 10, 250));
    assert_eq!((*desk.prefetch, desk.curtain_after.as_secs()), (3, 60));
    assert!(config.server.is_none() && config.settings().iter().skip(1).all(|setting| setting.source == "default"));
}

#[test]
fn typed_wins_over_environment_wins_over_file_wins_over_default() {
    let (folder, mut typed) =
        with("[desk]\nlang = \"fr\"\ntheme = \"mono\"\n[server]\nurl = \"https://file.example\"\n");
    let mut environment = Environment { locale: Some("en_GB.UTF-8".into()), ..Environment::default() };
    let load = |typed: &Typed, environment: &Environment| Config::load(typed, environment).expect("taken");
    let url = |config: &Config| config.server.as_ref().map(|server| server.url.value.clone()).expect("a server");

    let config = load(&typed, &environment);
    assert_eq!(config.lang.value, Lang::Fr);
    let file = folder.path().join("config.toml");
    assert_eq!(config.lang.source.to_string(), format!("{}:2", file.display()));
    assert_eq!(url(&config), "https://file.example");

    environment.server = Some("https://environment.example/".into());
    environment.data_dir = Some("/environment".into());
    environment.no_color = true;
    let config = load(&typed, &environment);
    assert_eq!(url(&config), "https://environment.example");
    assert_eq!(config.data_dir.value, folder.path().join("data"));
    assert_eq!(config.color.source, Source::Environment("NO_COLOR"));

    typed.server = Some("https://typed.example".into());
    typed.lang = Some("en".into());
    typed.theme = Some("high-contrast".into());
    typed.data_dir = None;
    let config = load(&typed, &environment);
    assert_eq!(url(&config), "https://typed.example");
    assert_eq!((config.lang.value, config.lang.source.to_string()), (Lang::En, "--lang".to_owned()));
    assert_eq!(config.desk.theme.value, Theme::HighContrast);
    assert_eq!(config.data_dir.value, PathBuf::from("/environment"));
}

#[test]
fn without_a_word_the_locale_chooses_the_language() {
    for (locale, lang) in
        [("fr_FR.UTF-8", Lang::Fr), ("fr", Lang::Fr), ("de_DE", Lang::En), ("C", Lang::En), ("é", Lang::En)]
    {
        let (_folder, typed) = with("");
        let environment = Environment { locale: Some(locale.into()), ..Environment::default() };
        assert_eq!(Config::load(&typed, &environment).expect("taken").lang.value, lang, "{locale}");
    }
}

#[test]
fn an_empty_variable_counts_as_absent() {
    let environment = Environment::read(|name| match name {
        "NO_COLOR" | "MODDESK_TOKEN" | "LC_ALL" => Some("".into()),
        "LANG" => Some("fr_FR".into()),
        _ => None,
    });
    assert!(!environment.no_color && environment.token.is_none());
    assert_eq!(environment.locale.as_deref(), Some("fr_FR"));
}

#[test]
fn a_file_asked_for_by_name_must_be_there() {
    let typed = Typed { config: Some("/nowhere/config.toml".into()), ..Typed::default() };
    assert!(matches!(Config::load(&typed, &Environment::default()), Err(ConfigError::NoFile(_))));
    let folder = tempfile::tempdir().expect("a folder");
    let typed = Typed { config: Some(folder.path().to_owned()), ..Typed::default() };
    assert!(matches!(Config::load(&typed, &Environment::default()), Err(ConfigError::Unreadable { .. })));
}

#[test]
fn a_file_that_is_no_text_is_named_with_its_line() {
    let (folder, typed) = with("");
    fs::write(folder.path().join("config.toml"), b"[desk]\nbell = \xff\n").expect("written");
    let message = Config::load(&typed, &Environment::default()).expect_err("refused").to_string();
    assert!(message.ends_with(":2:1: this line is not UTF-8: save the file as UTF-8"), "{message}");
}

#[test]
fn what_was_typed_wrong_is_a_matter_of_usage() {
    let (_folder, mut typed) = with("");
    typed.theme = Some("monochrome".into());
    let error = Config::load(&typed, &Environment::default()).expect_err("refused");
    assert!(error.is_usage());
    assert_eq!(error.to_string(), "--theme must be terminal, high-contrast, mono");
    let environment = Environment { server: Some("nowhere".into()), ..Environment::default() };
    let (_folder, typed) = with("");
    let error = Config::load(&typed, &environment).expect_err("refused");
    assert!(!error.is_usage() && error.to_string().starts_with("MODDESK_SERVER must be"), "{error}");
}

#[test]
fn a_queue_entry_changes_only_what_the_file_names() {
    let config = load("[queues.q]\nclient = \"meteo\"\ndeadline = \"90m\"\nlease = \"1500ms\"\n");
    let entry = &config.queues[0];
    let made = entry.over(None);
    let hour = |text: &str| Some(text.parse().expect("a rule"));
    assert_eq!((made.client.as_str(), &made.deadline, made.lease_s, made.warn_at_s), ("meteo", &hour("90m"), 2, 900));
    let kept = crate::moderation::Queue { warn_at_s: 60, deadline: hour("1s"), paused: true, ..made };
    let over = entry.over(Some(kept));
    assert_eq!((over.warn_at_s, over.deadline, over.paused), (60, hour("90m"), true));
    assert!(config.names_queue("q", "deadline").is_some_and(|place| place.ends_with("config.toml:3")));
    assert_eq!(config.names_queue("q", "warn_at"), None);
    assert_eq!(config.names_queue("other", "deadline"), None);
}

#[test]
fn deadline_none_takes_a_deadline_away() {
    let config = load("[queues.q]\ndeadline = \"none\"\n");
    let kept = crate::moderation::Queue { deadline: "1s".parse().ok(), ..crate::moderation::Queue::new("q", "c") };
    assert_eq!(config.queues[0].over(Some(kept)).deadline, None);
}

#[test]
fn a_client_brings_its_charter_and_policies_from_files() {
    let (folder, typed) =
        with("[clients.meteo]\nname = \"Météo-News\"\ncharter = \"charte.md\"\npolicies = \"meteo.toml\"\n");
    fs::write(folder.path().join("charte.md"), "# Charte\nVouvoiement.\n").expect("written");
    fs::write(folder.path().join("meteo.toml"), "version = 14\n").expect("written");
    let config = Config::load(&typed, &Environment::default()).expect("taken");
    let kept = crate::moderation::Client { hours: Some("7-23 h".into()), ..Default::default() };
    let client = config.clients[0].over(Some(kept));
    assert_eq!(client.title.as_deref(), Some("Météo-News"));
    assert!(client.charter.as_deref().is_some_and(|charter| charter.contains("Vouvoiement")));
    assert_eq!(client.hours.as_deref(), Some("7-23 h"));
    assert_eq!(policies::of_client(&config.clients[0].over(None)).expect("fine").version, "meteo 14");
    assert!(config.names_client("meteo", "policies").is_some_and(|place| place.ends_with(":4")));
}

#[test]
fn mistakes_in_a_clients_policies_are_named_with_that_file() {
    let (folder, typed) = with("[desk]\nbel = true\n[clients.meteo]\npolicies = \"meteo.toml\"\n");
    fs::write(folder.path().join("meteo.toml"), "version = 1\n[policies.hate]\ngravve = true\n").expect("written");
    let message = Config::load(&typed, &Environment::default()).expect_err("refused").to_string();
    assert!(message.contains("config.toml:2:1: unknown key \"bel\" in [desk]; did you mean \"bell\"?"), "{message}");
    assert!(
        message.contains("meteo.toml:3:1: unknown key \"gravve\" in [policies.hate]; did you mean \"grave\"?"),
        "{message}"
    );
}

#[test]
fn keymap_files_lie_beside_the_configuration_or_where_they_were_typed() {
    let (folder, mut typed) = with("[desk]\nkeymap = \"mine.toml\"\n");
    let keymap = |typed: &Typed| Config::load(typed, &Environment::default()).expect("taken").desk.keymap.value;
    assert_eq!(keymap(&typed), Keymap::File(folder.path().join("mine.toml")));
    typed.keymap = Some("./other.toml".into());
    assert_eq!(keymap(&typed), Keymap::File(Path::new("./other.toml").to_owned()));
    typed.keymap = Some("azerty".into());
    assert_eq!(keymap(&typed), Keymap::Name("azerty".into()));
}

#[test]
fn the_token_is_never_among_what_is_shown() {
    let (folder, mut typed) = with("[server]\nurl = \"https://queue.example\"\ntoken_file = \"~/token\"\n");
    let mut environment = Environment { home: Some(folder.path().to_owned()), ..Environment::default() };
    secrets::keep(&folder.path().join("token"), &Token::new("mdk_of_the_file")).expect("written");
    let token = |typed: &Typed, environment: &Environment| {
        let config = Config::load(typed, environment).expect("taken");
        let shown = format!("{config:?} {:?}", config.settings());
        let token = config.server.as_ref().expect("a server").token().expect("a token");
        assert!(!shown.contains("mdk_"), "{shown}");
        token.reveal().to_owned()
    };
    assert_eq!(token(&typed, &environment), "mdk_of_the_file");
    environment.token = Some(Token::new("mdk_of_the_environment"));
    assert_eq!(token(&typed, &environment), "mdk_of_the_environment");
    let typed_file = folder.path().join("typed");
    secrets::keep(&typed_file, &Token::new("mdk_typed")).expect("written");
    typed.token_file = Some(typed_file);
    assert_eq!(token(&typed, &environment), "mdk_typed");
}

#[test]
fn weaker_wellbeing_rules_load_with_a_reason_that_doctor_shows() {
    let config = load("[wellbeing]\nweakened_because = \"measurement\"\nacute_limit = 1e9\nhalf_life = \"31m\"\n");
    assert_eq!(config.wellbeing.weakened, ["acute_limit"]);
    assert_eq!(config.wellbeing.half_life, Duration::from_secs(31 * 60));
    let shown = config.settings().into_iter().find(|setting| setting.key == "wellbeing.weakened_because");
    assert_eq!(shown.map(|setting| setting.value).as_deref(), Some("measurement"));
}
