//! What to compare with: a queue table in PostgreSQL, `FOR UPDATE SKIP LOCKED`, the claim not forced, the decision forced.

use crate::figures::Figures;
use crate::town::sql;
use std::time::{Duration, Instant};
use tokio_postgres::NoTls;

const MAKE: &str = "DROP TABLE IF EXISTS plain_item, plain_decision;
    CREATE TABLE plain_item(id bigserial PRIMARY KEY, queue int NOT NULL, priority int NOT NULL, state smallint NOT NULL
        DEFAULT 0, leased_by int, lease_until timestamptz, decision smallint, body text) WITH (fillfactor = 80);
    CREATE INDEX plain_ready ON plain_item(queue, priority DESC, id) WHERE state = 0;
    CREATE TABLE plain_decision(id bigserial PRIMARY KEY, item bigint NOT NULL, moderator int NOT NULL, action smallint
        NOT NULL, at timestamptz NOT NULL DEFAULT now());
    INSERT INTO plain_item(queue, priority, body) SELECT 1, i % 10, repeat(md5(i::text), 6) FROM
        generate_series(1, 200000) i;
    VACUUM ANALYZE plain_item; CHECKPOINT";
const CLAIM: &str = "UPDATE plain_item SET state = 1, leased_by = $1, lease_until = now() + interval '5 min' WHERE id =
    (SELECT id FROM plain_item WHERE state = 0 AND queue = 1 ORDER BY priority DESC, id LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING id";
const DECIDE: &str =
    "WITH d AS (UPDATE plain_item SET state = 2, decision = 1 WHERE id = $1 AND state = 1 RETURNING id)
    INSERT INTO plain_decision(item, moderator, action) SELECT id, $2, 1 FROM d";

pub async fn skip_locked(url: &str, workers: usize, seconds: u64) -> Figures {
    for statement in MAKE.split(';') {
        sql(url, statement).await;
    }
    let until = Instant::now() + Duration::from_secs(seconds);
    let all: Vec<_> = (0..workers).map(|n| tokio::spawn(work(url.to_owned(), n as i32, until))).collect();
    let mut taken = Vec::new();
    for one in all {
        taken.extend(one.await.unwrap());
    }
    sql(url, "DROP TABLE plain_item, plain_decision").await;
    Figures::of(taken)
}

async fn work(url: String, who: i32, until: Instant) -> Vec<Duration> {
    let (client, connection) = tokio_postgres::connect(&url, NoTls).await.unwrap();
    tokio::spawn(connection);
    let claim = client.prepare(CLAIM).await.unwrap();
    let decide = client.prepare(DECIDE).await.unwrap();
    let mut taken = Vec::new();
    while Instant::now() < until {
        let began = Instant::now();
        client.batch_execute("BEGIN; SET LOCAL synchronous_commit = off").await.unwrap();
        let row = client.query_opt(&claim, &[&who]).await.unwrap();
        client.batch_execute("COMMIT").await.unwrap();
        let Some(row) = row else { break };
        client.execute(&decide, &[&row.get::<_, i64>(0), &who]).await.unwrap();
        taken.push(began.elapsed());
    }
    taken
}
