//! Tokens looked up; who holds what.

use super::pages::Pages;
use super::read::{Reader, json};
use super::shelf::boxed;
use super::wire::number;
use crate::store::Result;
use crate::store::access::{Access, Held, KeptToken};
use crate::store::engine::AccessReader;
use crate::store::keeper::import::key_of;
use crate::store::keeper::log::timestamp;
use crate::store::keeper::shelf::AccessShelf;
use std::collections::HashMap;

/// People at most in one answer.
const PEOPLE: i64 = 2_000;

impl AccessShelf for Pages {
    fn put_token(&self, person: i64, token: &KeptToken, issued: i64) -> Result<()> {
        let expires = token.expires_at.map(|at| at.as_microsecond());
        let row = vec![boxed(token.digest.to_vec()), boxed(person), boxed(issued), boxed(expires)];
        self.rarely("INSERT INTO token VALUES ($1, $2, $3, $4)", row)
    }

    fn drop_tokens(&self, person: i64) -> Result<u64> {
        Ok(self.ask("DELETE FROM token WHERE person = $1 RETURNING 1", &[&person])?.len() as u64)
    }

    fn mark_access(&self, person: i64, seq: i64) -> Result<()> {
        let sql = "INSERT INTO access VALUES ($1, $2) ON CONFLICT (person) DO UPDATE SET seq = excluded.seq";
        self.rarely(sql, vec![boxed(person), boxed(seq)])
    }
}

impl AccessReader for Reader {
    fn access(&mut self, after: u64) -> Result<Vec<Access>> {
        let sql = "SELECT a.seq, a.person, p.body FROM access a JOIN person p ON p.id = a.person
             WHERE a.seq > $1 ORDER BY a.seq LIMIT $2";
        let rows = self.wire.all(sql, &[&number(after), &PEOPLE])?;
        let people: Vec<i64> = rows.iter().map(|row| row.get(1)).collect();
        let sql = "SELECT t.person, t.digest, t.expires FROM unnest($1::bigint[]) AS n (person)
             JOIN token t ON t.person = n.person";
        let mut tokens: HashMap<i64, Vec<KeptToken>> = HashMap::new();
        for row in self.wire.all(sql, &[&people])? {
            let Ok(digest) = row.get::<_, &[u8]>(1).try_into() else { continue };
            let expires_at = row.get::<_, Option<i64>>(2).map(timestamp);
            tokens.entry(row.get(0)).or_default().push(KeptToken { digest, expires_at });
        }
        let access = rows.iter().map(|row| {
            let seq = row.get::<_, i64>(0).unsigned_abs();
            let tokens = tokens.remove(&row.get::<_, i64>(1)).unwrap_or_default();
            Ok(Access { seq, person: json(row.get(2))?, tokens })
        });
        access.collect()
    }

    fn holds(&mut self, who: &str, what: Held<'_>) -> Result<bool> {
        let now = self.options.clock.now().wall.as_microsecond();
        let found = match what {
            Held::Item(item) => self.wire.one(
                "SELECT 1 FROM item i JOIN lease l ON l.item = i.seq JOIN person p ON p.id = l.person
                 WHERE i.id = $1 AND p.name = $2 AND l.until > $3",
                &[&item, &who, &now],
            )?,
            Held::Author(author) => self.wire.one(
                "SELECT 1 FROM person p JOIN lease l ON l.person = p.id JOIN item i ON i.seq = l.item
                 WHERE p.name = $2 AND i.author = $1 AND l.until > $3 AND NOT EXISTS
                 (SELECT 1 FROM shut s WHERE s.person = p.id AND s.author = i.author) LIMIT 1",
                &[&key_of(author), &who, &now],
            )?,
        };
        Ok(found.is_some())
    }
}
