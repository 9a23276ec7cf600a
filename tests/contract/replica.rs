//! A database that only answers, as a read replica does: it is read as it is, and nothing is made in it.

use moddesk::moderation::Queue;
use moddesk::store::postgres::{Options, PostgresStore};
use moddesk::store::{ImportOptions, Incoming, Result, Store, StoreError};
use moddesk::team::server::{Limits, ServeError, Settings, serve};
use moddesk::wellbeing::clock::TurnedClock;
use serde_json::json;
use std::sync::Arc;

async fn open(url: &str) -> Result<PostgresStore> {
    let clock = TurnedClock::at(crate::house::MORNING.parse().expect("a time"));
    PostgresStore::connect(url, Options::new(Arc::new(clock))).await
}

async fn schema(url: &str, sql: &str) {
    let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls).await.expect("the server is there");
    let line = tokio::spawn(connection);
    client.batch_execute(sql).await.expect("the server does it");
    drop(client);
    line.await.expect("the line ends").expect("the line ends well");
}

#[tokio::test]
async fn what_only_answers_is_read_as_it_is() {
    let Some(engine) = crate::cluster::engine() else { return };
    let name = format!("replica_{}", std::process::id());
    schema(engine.url(), &format!("CREATE SCHEMA {name}")).await;
    let joint = if engine.url().contains('?') { '&' } else { '?' };
    let whole = format!("{}{joint}options=-csearch_path%3D{name}", engine.url());
    let copy = format!("{whole}%20-cdefault_transaction_read_only%3Don");

    let told = open(&copy).await.map(drop);
    assert!(matches!(&told, Err(StoreError::ReadOnly(why)) if why.contains("replica")), "{told:?}");

    let store = open(&whole).await.expect("it is made");
    let items = (1..=3).map(|line| {
        let item = serde_json::from_value(json!({"id": format!("a:{line}"), "text": "words"})).expect("an item");
        Incoming { line, item }
    });
    store.import(items.collect(), ImportOptions::default()).await.expect("goes in");

    let replica = open(&copy).await.expect("it is read");
    assert_eq!(replica.stats(false).await.expect("figures"), store.stats(false).await.expect("figures"));
    assert!(replica.verify_audit().await.expect("the log").is_none());
    let told = replica.set_queue(&Queue::new("new", "default"), "x").await.map(drop);
    assert!(matches!(&told, Err(StoreError::ReadOnly(_))), "{told:?}");
    drop((store, replica));

    let settings = Settings {
        listen: "127.0.0.1:0".into(),
        database: copy,
        tls: None,
        rules: Arc::default(),
        shift: std::time::Duration::from_secs(8 * 3600),
        limits: Limits::default(),
    };
    let told = serve(settings, |_| panic!("it serves a replica")).await.expect_err("it takes nothing");
    assert!(matches!(told, ServeError::Replica), "{told}");
    let said = told.to_string();
    assert!(said.contains("read replica") && said.contains("name the primary"), "{said}");

    schema(engine.url(), &format!("DROP SCHEMA {name} CASCADE")).await;
}
