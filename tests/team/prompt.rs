//! Commands at a prompt that work on a server far away: the same words, the same answers.

use crate::house::{House, house};
use moddesk::moderation::Role;
use serde_json::Value;
use std::process::{Command, Output};

/// Somebody at a prompt, signed in by a token.
struct Prompt {
    folder: tempfile::TempDir,
    url: String,
    token: String,
}

impl Prompt {
    fn of(house: &House, token: &str) -> Self {
        Self { folder: tempfile::tempdir().expect("a folder"), url: house.url(""), token: token.to_owned() }
    }

    async fn run(&self, args: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_moddesk"));
        command
            .args(args)
            .args(["--server", &self.url])
            .env("MODDESK_TOKEN", &self.token)
            .env("MODDESK_DATA_DIR", self.folder.path())
            .env("MODDESK_CONFIG", self.folder.path().join("config.toml"))
            .env("LC_ALL", "C.UTF-8");
        std::fs::write(self.folder.path().join("config.toml"), "").expect("written");
        tokio::task::spawn_blocking(move || command.output()).await.expect("is run").expect("moddesk runs")
    }

    /// What it says on success.
    #[track_caller]
    fn said(output: &Output) -> String {
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout.clone()).expect("UTF-8")
    }

    async fn says(&self, args: &[&str]) -> String {
        Self::said(&self.run(args).await)
    }

    async fn json(&self, args: &[&str]) -> Value {
        serde_json::from_str(&self.says(args).await).expect("JSON")
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn queues_are_made_changed_paused_and_shown_and_items_moved() {
    let house = house().await;
    let bot = house.person("bot", &[Role::Ingest]).await;
    let sonia = house.person("sonia", &[Role::Supervisor]).await;
    house.import(&bot, &["a:1", "a:2", "a:3"]).await;
    let sonia = Prompt::of(&house, &sonia);
    assert_eq!(
        sonia.says(&["queue", "add", "threats", "--deadline", "1h", "--title", "Threats"]).await,
        "queue threats added\n"
    );
    let again = sonia.run(&["queue", "add", "threats"]).await;
    assert_eq!(again.status.code(), Some(1), "{again:?}");
    sonia.says(&["queue", "set", "threats", "--warn-at", "10m", "--languages", "fr,en"]).await;
    let queues = sonia.json(&["queue", "list", "--json"]).await;
    let threats = queues.as_array().expect("queues").iter().find(|queue| queue["name"] == "threats").expect("is there");
    assert_eq!((&threats["title"], &threats["warn_at_s"]), (&Value::from("Threats"), &Value::from(600)));
    assert_eq!(
        threats["languages"],
        serde_json::json!(["fr", "en"]),
        "what was said first stays, what is said now counts"
    );
    sonia.says(&["queue", "move", "a:2", "--to", "threats"]).await;
    let shown = sonia.json(&["queue", "show", "threats", "--json"]).await;
    assert_eq!((&shown["stats"]["waiting"], &shown["queue"]["name"]), (&Value::from(1), &Value::from("threats")));
    let listed = sonia.says(&["queue", "show", "default", "id:a:*"]).await;
    assert!(listed.contains("a:1") && listed.contains("a:3") && !listed.contains("a:2"), "{listed}");
    let one = sonia.json(&["queue", "show", "default", "id:a:3", "--json"]).await;
    assert_eq!((&one["id"], &one["text"]), (&Value::from("a:3"), &Value::from("SECRET words")));
    let wrong = sonia.run(&["queue", "show", "nowhere"]).await;
    assert_eq!(wrong.status.code(), Some(1), "{wrong:?}");
    sonia.says(&["queue", "pause", "threats", "--reason", "the site is down"]).await;
    let paused = house.store.queues().await.expect("queues").into_iter().find(|queue| queue.name == "threats");
    assert_eq!(paused.and_then(|queue| queue.paused_because).as_deref(), Some("the site is down"));
    sonia.says(&["queue", "resume", "threats"]).await;
    let resumed = house.store.queues().await.expect("queues").into_iter().find(|queue| queue.name == "threats");
    assert_eq!(resumed.and_then(|queue| queue.paused_because), None, "no old reason stays");
    let stopped = sonia.says(&["queue", "pause-deadline", "a:2", "--reason", "clarification"]).await;
    assert_eq!(stopped, "a:2: its deadline stands still\n");
    assert!(sonia.says(&["queue", "resume-deadline", "a:2"]).await.starts_with("a:2: due "));
    for not_hers in [&["queue", "expire"] as &[&str], &["queue", "erase", "--author", "u1"]] {
        let refused = sonia.run(not_hers).await;
        assert_eq!(refused.status.code(), Some(6), "what is gone does not come back: {refused:?}");
    }
    let not_hers = sonia.run(&["queue", "withdraw", "a:1"]).await;
    assert_eq!(not_hers.status.code(), Some(6), "a supervisor brings nothing in and takes nothing back: {not_hers:?}");
    let bot = Prompt::of(&house, &bot);
    let withdrawn = bot.run(&["queue", "withdraw", "a:1", "a:9"]).await;
    assert_eq!(withdrawn.status.code(), Some(3), "{withdrawn:?}");
    assert_eq!(String::from_utf8_lossy(&withdrawn.stdout), "1 withdrawn\n");
    house.running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_passed_is_given_back_and_what_is_not_to_be_kept_goes() {
    let house = house().await;
    let bot = house.person("bot", &[Role::Ingest]).await;
    let ines = house.person("ines", &[Role::Moderator]).await;
    let token = house.person("sonia", &[Role::Supervisor]).await;
    let sonia = Prompt::of(&house, &token);
    let root = Prompt::of(&house, &house.person("root", &[Role::Admin]).await);
    root.says(&["client", "add", "meteo", "--keep-content", "1d"]).await;
    root.says(&["queue", "add", "sport", "--client", "meteo"]).await;
    let author = |id: &str| serde_json::json!({"id": id, "name": "zorg"});
    let items = serde_json::json!([
        {"id": "s:1", "queue": "sport", "text": "words to go", "author": author("u1")},
        {"id": "s:2", "queue": "sport", "text": "more words", "author": author("u/2 é")},
    ]);
    house.post("/v1/items", &bot, items).await;
    let claim = serde_json::json!({"max": 2});
    let (status, claimed) = house.post("/v1/claims", &ines, claim.clone()).await;
    assert_eq!((status.as_u16(), claimed["items"].as_array().map(Vec::len)), (200, Some(2)), "{claimed}");
    let pass = serde_json::json!({"passes": [{"item": "s:1", "revision": 1, "reason": "technical"}]});
    let (status, passed) = house.post("/v1/passes", &ines, pass).await;
    assert_eq!(status.as_u16(), 200, "{passed}");
    let (_, none) = house.post("/v1/claims", &ines, serde_json::json!({"max": 2, "have": ["s:2"]})).await;
    assert_eq!(none["items"].as_array().map(Vec::len), Some(0), "it does not come back by itself: {none}");
    assert_eq!(sonia.says(&["queue", "release", "sport", "--passed"]).await, "1 given back\n");
    assert_eq!(sonia.says(&["queue", "release", "sport", "--escalated"]).await, "0 given back\n");
    let (_, again) = house.post("/v1/claims", &ines, serde_json::json!({"max": 2, "have": ["s:2"]})).await;
    assert_eq!(again["items"][0]["item"]["id"], "s:1", "{again}");
    for (queue, code) in [("nowhere", 404), ("sealed", 404)] {
        let asked = serde_json::json!({"what": "passed"});
        let (status, told) = house.post(&format!("/v1/queues/{queue}/release"), &token, asked).await;
        assert_eq!(status.as_u16(), code, "{queue}: {told}");
    }

    let erased = root.says(&["queue", "erase", "--author", "u/2 é"]).await;
    assert_eq!(erased, "1 items erased, 0 mentions taken out of others\n");
    let decision = serde_json::json!({"decisions": [{"id": uuid::Uuid::now_v7(), "item": "s:1", "revision": 1,
        "verdict": "approve", "seen": "full", "decided_at": "2026-11-22T08:00:00Z"}]});
    let (_, decided) = house.post("/v1/decisions", &ines, decision).await;
    assert_eq!(decided["results"][0]["outcome"], "recorded", "{decided}");
    assert_eq!(root.says(&["queue", "expire"]).await, "0 items and the media of 0 let go\n");
    house.clock.turn(std::time::Duration::from_secs(2 * 86_400));
    assert_eq!(root.says(&["queue", "expire"]).await, "1 items and the media of 0 let go\n");
    let log = house.http.get(house.url("/v1/audit")).bearer_auth(&token).send().await.expect("the log");
    let log = log.text().await.expect("the log");
    for action in ["queue.released", "author.erased", "item.expired"] {
        assert!(log.contains(&format!("\"{action}\"")), "{action}: {log}");
    }
    assert!(!log.contains("u/2 é"), "the log names nobody who was erased: {log}");
    house.running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn clients_are_set_up_and_notices_sent_and_listed() {
    let house = house().await;
    let root = Prompt::of(&house, &house.person("root", &[Role::Admin]).await);
    let ines = Prompt::of(&house, &house.person("ines", &[Role::Moderator]).await);
    house.clock.turn(std::time::Duration::from_secs(1));
    root.says(&["client", "add", "meteo", "--title", "Météo-News", "--contact", "Sonia +33 1 00"]).await;
    let file = root.folder.path().join("meteo.toml");
    std::fs::write(&file, "version = \"meteo 2\"\n").expect("written");
    root.says(&["client", "set", "meteo", "--policies", file.to_str().expect("a path"), "--keep-content", "90d"]).await;
    let clients = root.json(&["client", "list", "--json"]).await;
    let meteo = clients.as_array().expect("clients").iter().find(|client| client["name"] == "meteo").expect("is there");
    assert_eq!((&meteo["title"], &meteo["contacts"][0]), (&Value::from("Météo-News"), &Value::from("Sonia +33 1 00")));
    assert!(root.says(&["client", "list"]).await.contains("meteo 2"));
    let refused = ines.run(&["client", "set", "meteo", "--title", "mine"]).await;
    assert_eq!(refused.status.code(), Some(6), "{refused:?}");
    assert_eq!(root.says(&["notice", "send", "never promise a date", "--client", "meteo"]).await, "notice sent\n");
    root.says(&["notice", "send", "the canteen is closed", "--moderator", "ines", "--unconfirmed"]).await;
    let notices = root.json(&["notice", "list", "--json"]).await;
    let words: Vec<_> =
        notices.as_array().expect("notices").iter().map(|one| (&one["text"], &one["confirm"])).collect();
    assert!(words.contains(&(&Value::from("never promise a date"), &Value::from(true))), "{notices}");
    assert!(words.contains(&(&Value::from("the canteen is closed"), &Value::from(false))), "{notices}");
    let nobody = root.run(&["notice", "send", "x", "--moderator", "nobody"]).await;
    assert_eq!(nobody.status.code(), Some(1), "{nobody:?}");
    house.running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_takes_out_and_forgets_what_is_kept_about_oneself() {
    let house = house().await;
    let token = house.person("ines", &[Role::Moderator]).await;
    house.post("/v1/shift/start", &token, serde_json::json!({})).await;
    house.post("/v1/shift/end", &token, serde_json::json!({})).await;
    let ines = Prompt::of(&house, &token);
    let about = ines.json(&["me", "export"]).await;
    assert!(about.is_object() && about.get("recent").is_some(), "{about}");
    assert_eq!(ines.says(&["me", "topics", "--out", "spam"]).await, "spam\n");
    assert_eq!(ines.says(&["me", "topics"]).await, "spam\n");
    assert_eq!(ines.says(&["me", "topics", "--back", "spam"]).await, "");
    assert!(ines.says(&["me", "erase"]).await.contains("finished shifts forgotten"));
    let other = ines.run(&["me", "export", "--moderator", "omar"]).await;
    assert_eq!(other.status.code(), Some(1), "the token says who one is: {other:?}");
    house.running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_item_or_an_author_that_is_a_folder_to_every_library_could_not_be_named_over_http() {
    let house = house().await;
    let bot = house.person("bot", &[Role::Ingest]).await;
    let root = house.person("root", &[Role::Admin]).await;
    let by = |id: &str, author: &str| serde_json::json!({"id": id, "text": "words", "author": {"id": author}});
    let items = serde_json::json!([by("a:1", ""), by("a:2", "."), by("a:3", ".."), by("a:4", "~")]);
    house.post("/v1/items", &bot, items).await;
    let root = Prompt::of(&house, &root);
    for author in ["", ".", "..", "~"] {
        let erased = root.says(&["queue", "erase", "--author", author]).await;
        assert_eq!(erased, "1 items erased, 0 mentions taken out of others\n", "{author:?}");
    }
    house.import(&bot, &[".", "..", "~.", "~"]).await;
    let bot = Prompt::of(&house, &bot);
    assert_eq!(bot.says(&["queue", "withdraw", ".", "..", "~.", "~"]).await, "4 withdrawn\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_in_an_error_could_not_be_typed_again() {
    let house = house().await;
    let ines = house.person("ines", &[Role::Moderator]).await;
    let ines = Prompt::of(&house, &ines);
    let refused = ines.run(&["stats"]).await;
    assert_eq!(refused.status.code(), Some(6));
    let why = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(why.contains("sign in with a token that may"), "{why}");
    let wrong = ines.run(&["login", "queue.example"]).await;
    let why = String::from_utf8_lossy(&wrong.stderr).into_owned();
    assert!(why.contains("https://queue.example"), "{why}");
    assert!(!why.contains("hxxps"), "{why}");
    let none = ines.run(&["queue", "release", "comments"]).await;
    assert!(String::from_utf8_lossy(&none.stderr).contains("--escalated"), "{none:?}");
    let garbage = ines.run(&["export", "decisions", "--since", "yesterday"]).await;
    assert!(String::from_utf8_lossy(&garbage.stderr).contains("write a moment, as 2026-11-22T08:00:00Z"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_query_or_an_id_that_is_wrong_was_told_in_the_words_of_a_library() {
    let house = house().await;
    let sonia = house.person("sonia", &[Role::Supervisor]).await;
    let ines = house.person("ines", &[Role::Moderator]).await;
    let (status, body) = house.get("/v1/decisions?bogus=1", &sonia).await;
    assert_eq!(status, 422);
    let why = body["message"].as_str().expect("a sentence").to_owned();
    assert!(why.contains("expected one of") && !why.contains("deserialize"), "{why}");
    let decisions =
        serde_json::json!({"decisions": [{"id": "abc", "item": "a:1", "revision": 1, "verdict": "approve"}]});
    let (_, body) = house.post("/v1/decisions", &ines, decisions).await;
    assert!(body["message"].as_str().expect("a sentence").starts_with("an id here must be a UUID"), "{body}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_which_every_line_was_refused_failed_as_if_nothing_had_been_read() {
    let house = house().await;
    let bot = house.person("bot", &[Role::Ingest]).await;
    let bot = Prompt::of(&house, &bot);
    let file = bot.folder.path().join("items.jsonl");
    std::fs::write(&file, "{\"id\": \"a:1\"}\n").expect("written");
    let imported = bot.run(&["import", file.to_str().expect("UTF-8")]).await;
    assert_eq!(imported.status.code(), Some(3), "{imported:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn people_policies_decisions_and_the_log_could_not_be_reached_on_a_server() {
    let house = house().await;
    let root = house.person("root", &[Role::Admin]).await;
    let bot = house.person("bot", &[Role::Ingest]).await;
    house.import(&bot, &["a:1"]).await;
    let root = Prompt::of(&house, &root);
    let added = root.json(&["moderator", "add", "ines", "--languages", "fr,en", "--json"]).await;
    let token = added["token"].as_str().expect("a token").to_owned();
    assert_eq!((added["name"].as_str(), added["role"].as_str()), (Some("ines"), Some("moderator")));
    let again = root.run(&["moderator", "add", "ines"]).await;
    assert!(String::from_utf8_lossy(&again.stderr).contains("moddesk moderator set ines"), "{again:?}");
    assert_eq!(root.says(&["moderator", "set", "ines", "--severity-ceiling", "2"]).await, "ines changed\n");
    let list = root.json(&["moderator", "list", "--json"]).await;
    let ines = list.as_array().expect("people").iter().find(|person| person["name"] == "ines").expect("her").clone();
    assert_eq!((&ines["severity_ceiling"], &ines["languages"]), (&2.into(), &serde_json::json!(["fr", "en"])));
    let (status, _) = house.post("/v1/claims", &token, serde_json::json!({"max": 1})).await;
    assert_eq!(status, 200);
    let decided = serde_json::json!({"decisions": [crate::house::approve("a:1")]});
    house.post("/v1/decisions", &token, decided).await;
    let more = root.says(&["moderator", "token", "ines", "--replace"]).await;
    assert!(more.starts_with("ines (M-"), "{more}");
    assert_eq!(house.get("/v1/queues", &token).await.0, 401, "the first one is replaced");
    assert_eq!(root.says(&["moderator", "revoke", "ines"]).await, "1 revoked\n");

    let decisions = root.says(&["export", "decisions"]).await;
    assert_eq!(decisions.lines().count(), 1, "{decisions}");
    assert!(decisions.contains("\"item\":\"a:1\"") && !decisions.contains("ines"), "{decisions}");
    let log = root.says(&["export", "audit"]).await;
    assert!(log.lines().count() > 5 && log.contains("decision.recorded"), "{log}");
    assert_eq!(root.says(&["audit", "verify"]).await, "the audit log is whole\n");
    let rules = root.says(&["policy", "show", "--client", "default"]).await;
    assert!(rules.contains("spam"), "{rules}");
    let nobody = root.run(&["policy", "show", "--client", "nobody"]).await;
    assert!(String::from_utf8_lossy(&nobody.stderr).contains("`moddesk client list` lists them"), "{nobody:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_nobody_answers_for_ended_a_command_as_any_failure_does() {
    let folder = tempfile::tempdir().expect("a folder");
    for command in ["stats", "serve"] {
        let mut run = Command::new(env!("CARGO_BIN_EXE_moddesk"));
        run.args([command, "--database", "postgres://nobody@127.0.0.1:1/queue"]);
        run.env("MODDESK_CONFIG", "").env("MODDESK_DATA_DIR", folder.path()).env("LC_ALL", "C.UTF-8");
        let output = tokio::task::spawn_blocking(move || run.output()).await.expect("is run").expect("moddesk runs");
        assert_eq!(output.status.code(), Some(5), "{output:?}");
        assert!(String::from_utf8_lossy(&output.stderr).contains("the database cannot be reached"), "{output:?}");
    }
}
