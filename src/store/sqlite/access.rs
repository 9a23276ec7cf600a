//! Tokens looked up; who holds what.

use super::read::Reader;
use super::shelf::Rows;
use crate::moderation::Person;
use crate::store::access::{Access, Held, KeptToken};
use crate::store::engine::AccessReader;
use crate::store::keeper::import::key_of;
use crate::store::keeper::log::timestamp;
use crate::store::keeper::shelf::AccessShelf;
use crate::store::{Result, StoreError};
use rusqlite::OptionalExtension;

/// People in one answer at most.
const PAGE: u32 = 2_000;

impl AccessShelf for Rows {
    fn put_token(&self, person: i64, token: &KeptToken, issued: i64) -> Result<()> {
        let expires = token.expires_at.map(|at| at.as_microsecond());
        self.exec("INSERT INTO token VALUES (?1, ?2, ?3, ?4)", (&token.digest[..], person, issued, expires)).map(drop)
    }

    fn drop_tokens(&self, person: i64) -> Result<u64> {
        self.exec("DELETE FROM token WHERE person = ?1", [person]).map(|gone| gone as u64)
    }

    fn mark_access(&self, person: i64, seq: i64) -> Result<()> {
        self.exec("INSERT OR REPLACE INTO access VALUES (?1, ?2)", (person, seq)).map(drop)
    }
}

impl AccessReader for Reader {
    fn access(&mut self, after: u64) -> Result<Vec<Access>> {
        let after = i64::try_from(after).unwrap_or(i64::MAX);
        let mut select = self.rows.conn.prepare_cached(
            "SELECT a.seq, a.person, p.body FROM access a JOIN person p ON p.id = a.person
             WHERE a.seq > ?1 ORDER BY a.seq LIMIT ?2",
        )?;
        let mut tokens = self.rows.conn.prepare_cached("SELECT digest, expires FROM token WHERE person = ?1")?;
        let mut rows = select.query((after, PAGE))?;
        let mut changed = Vec::new();
        while let Some(row) = rows.next()? {
            let body: String = row.get(2)?;
            let person: Person = serde_json::from_str(&body)
                .map_err(|error| StoreError::Engine(format!("a row cannot be read ({error})")))?;
            let tokens = tokens
                .query_map([row.get::<_, i64>(1)?], |row| {
                    let expires: Option<i64> = row.get(1)?;
                    Ok(KeptToken { digest: row.get(0)?, expires_at: expires.map(timestamp) })
                })?
                .collect::<rusqlite::Result<_>>()?;
            changed.push(Access { seq: row.get(0)?, person, tokens });
        }
        Ok(changed)
    }

    fn holds(&mut self, who: &str, what: Held<'_>) -> Result<bool> {
        let now = self.options.clock.now().wall.as_microsecond();
        let found: Option<i64> = match what {
            Held::Item(item) => self
                .rows
                .conn
                .prepare_cached(
                    "SELECT 1 FROM item i JOIN lease l ON l.item = i.seq JOIN person p ON p.id = l.person
                     WHERE i.id = ?1 AND p.name = ?2 AND l.until > ?3",
                )?
                .query_row((item, who, now), |row| row.get(0))
                .optional()?,
            Held::Author(author) => self
                .rows
                .conn
                .prepare_cached(
                    "SELECT 1 FROM person p JOIN lease l ON l.person = p.id JOIN item i ON i.seq = l.item
                     WHERE p.name = ?2 AND i.author = ?1 AND l.until > ?3 AND NOT EXISTS
                     (SELECT 1 FROM shut s WHERE s.person = p.id AND s.author = i.author) LIMIT 1",
                )?
                .query_row((key_of(author), who, now), |row| row.get(0))
                .optional()?,
        };
        Ok(found.is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::house;
    use crate::moderation::Person;
    use crate::store::access::{Held, KeptToken, NewToken};
    use crate::store::{Store, StoreError};
    use serde_json::json;
    use std::time::Duration;

    #[tokio::test]
    async fn a_server_hears_of_every_token_and_of_every_one_taken_away() {
        let house = house().await;
        let before = house.store.access(0).await.expect("answers");
        assert_eq!(before.iter().map(|access| access.person.name.as_str()).collect::<Vec<_>>(), ["ines", "paul"]);
        let upto = before[1].seq;
        let token = NewToken::mint().expect("randomness");
        let kept = KeptToken { digest: token.digest(), expires_at: None };
        house.store.add_token("ines", &kept, "paul").await.expect("is kept");
        let changed = house.store.access(upto).await.expect("answers");
        assert_eq!(changed.len(), 1);
        assert_eq!(changed[0].tokens, [kept]);
        assert_eq!(house.store.revoke_tokens("ines", "paul").await.expect("answers"), 1);
        let changed = house.store.access(changed[0].seq).await.expect("answers");
        assert!(changed[0].tokens.is_empty());
        let paul = Person { enabled: false, ..Person::with_every_right("paul") };
        house.store.set_person(&paul, "system").await.expect("is set");
        let changed = house.store.access(changed[0].seq).await.expect("answers");
        assert!(!changed[0].person.enabled);
        let nobody = house.store.add_token("nobody", &kept, "paul").await;
        assert!(matches!(nobody, Err(StoreError::Unknown { what: "moderator", .. })));
        assert_eq!(house.store.verify_audit().await.expect("answers"), None);
    }

    #[tokio::test]
    async fn only_who_has_an_item_in_hand_holds_it_and_its_author() {
        let house = house().await;
        house.import([json!({"id": "a", "author": {"id": "u1"}})]).await;
        house.claim("ines", 1).await;
        for (who, holds) in [("ines", true), ("paul", false)] {
            assert_eq!(house.store.holds(who, Held::Item("a")).await.expect("answers"), holds);
            assert_eq!(house.store.holds(who, Held::Author("u1")).await.expect("answers"), holds);
        }
        house.clock.turn(Duration::from_secs(3600));
        assert!(!house.store.holds("ines", Held::Item("a")).await.expect("answers"));
    }
}
