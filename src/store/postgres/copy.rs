//! Many new rows of a table at once, as `COPY` takes them in its binary form: for the database about half the work of
//! an `INSERT` of the same rows, which forms each of them twice and finds a page for each.

use crate::store::keeper::lease::ItemRow;
use crate::store::serving::Place;
use bytes::{BufMut, Bytes, BytesMut};

/// From so many rows on it is worth the messages more.
pub(super) const MANY: usize = 256;

/// What begins it, and the rows.
pub(super) type Copy = (&'static str, Bytes);

/// Rows, one field after the other.
struct Rows(BytesMut);

impl Rows {
    fn with_room(bytes: usize) -> Self {
        let mut out = BytesMut::with_capacity(bytes + 32);
        // Signature, no flags, no more of a head.
        out.put_slice(b"PGCOPY\n\xff\r\n\0");
        out.put_u64(0);
        Self(out)
    }

    fn row(&mut self, fields: i16) {
        self.0.put_i16(fields);
    }

    fn number(&mut self, number: i64) {
        self.0.put_i32(8);
        self.0.put_i64(number);
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.0.put_i32(i32::try_from(bytes.len()).expect("an item is a few megabytes at most"));
        self.0.put_slice(bytes);
    }

    fn nothing(&mut self) {
        self.0.put_i32(-1);
    }

    fn end(mut self) -> Bytes {
        self.0.put_i16(-1);
        self.0.freeze()
    }
}

/// New items.
pub(super) fn items<'a>(items: impl ExactSizeIterator<Item = &'a ItemRow>) -> Copy {
    let mut rows = Rows::with_room(items.len() * 192);
    for item in items {
        rows.row(12);
        rows.number(item.seq);
        rows.bytes(item.id.as_bytes());
        for number in [item.state, item.bucket, item.class, item.priority, item.revision, item.round] {
            rows.number(number);
        }
        rows.number(item.received);
        rows.number(item.due);
        match item.author {
            Some(author) => rows.number(author),
            None => rows.nothing(),
        }
        rows.number(item.last);
    }
    let sql = "COPY item (seq, id, state, bucket, class, priority, revision, round, received, due, author, last)
         FROM STDIN (FORMAT binary)";
    (sql, rows.end())
}

/// Their contents.
pub(super) fn contents(contents: &[(i64, Bytes)]) -> Copy {
    let mut rows = Rows::with_room(contents.iter().map(|(_, body)| body.len() + 20).sum());
    for (item, body) in contents {
        rows.row(2);
        rows.number(*item);
        rows.bytes(body);
    }
    ("COPY content (item, body) FROM STDIN (FORMAT binary)", rows.end())
}

/// What waits, and in which bucket.
pub(super) fn places(places: &[(i64, Place)]) -> Copy {
    let mut rows = Rows::with_room(places.len() * 80);
    for (bucket, place) in places {
        rows.row(6);
        for number in [*bucket, place.class, place.rank, place.due, place.received, place.item] {
            rows.number(number);
        }
    }
    ("COPY waiting (bucket, class, rank, due, received, item) FROM STDIN (FORMAT binary)", rows.end())
}
