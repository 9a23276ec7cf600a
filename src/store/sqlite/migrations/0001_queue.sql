-- The queue. Small rows, few indexes: every page that a decision touches is written to the log once for it.

CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE client (name TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE queue (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, body TEXT NOT NULL);
CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, body TEXT NOT NULL);

-- One row a person: shift, load, break, open desk. The moderator's own.
CREATE TABLE day (person INTEGER PRIMARY KEY, body TEXT NOT NULL);
-- What is kept of breaks and of finished shifts, by person.
CREATE TABLE rest (id INTEGER PRIMARY KEY, person INTEGER NOT NULL, at INTEGER NOT NULL, kind TEXT NOT NULL,
    body TEXT NOT NULL);
CREATE TABLE handover (id INTEGER PRIMARY KEY, person INTEGER NOT NULL, at INTEGER NOT NULL, body TEXT NOT NULL);

-- A bucket gathers what waits by what decides who may take it; `origin` is the queue an item came in by.
CREATE TABLE bucket (id INTEGER PRIMARY KEY, queue INTEGER NOT NULL, origin INTEGER NOT NULL, lang TEXT NOT NULL,
    level INTEGER NOT NULL, UNIQUE (queue, origin, lang, level));
-- Every counter that changes with a decision, together, so that they share a page: below 2^32 what waits in a
-- bucket, from there on what was decided in a queue on `day`.
CREATE TABLE tally (key INTEGER PRIMARY KEY, n INTEGER NOT NULL, day INTEGER NOT NULL);

-- state: 0 waiting or leased, 1 decided, 2 withdrawn, 3 sealed. class: 0 after a reversal, else 1. Times in
-- microseconds. last: the newest log entry about it.
CREATE TABLE item (seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, state INTEGER NOT NULL, bucket INTEGER NOT NULL,
    class INTEGER NOT NULL, priority INTEGER NOT NULL, revision INTEGER NOT NULL, round INTEGER NOT NULL,
    received INTEGER NOT NULL, due INTEGER NOT NULL, author INTEGER, last INTEGER NOT NULL);
CREATE INDEX item_author ON item (author, seq) WHERE author IS NOT NULL;
-- The content as it came, JSON; a BLOB, so that U+0000 is kept.
CREATE TABLE content (item INTEGER PRIMARY KEY, body BLOB NOT NULL);

-- Which log entry brought the items from `first` on, up to the next row.
CREATE TABLE batch (first INTEGER PRIMARY KEY, log INTEGER NOT NULL);

-- What waits, in the order of serving. due: 9223372036854775807 means none.
CREATE TABLE waiting (bucket INTEGER NOT NULL, class INTEGER NOT NULL, rank INTEGER NOT NULL, due INTEGER NOT NULL,
    received INTEGER NOT NULL, item INTEGER NOT NULL,
    PRIMARY KEY (bucket, class, rank, due, received, item)) WITHOUT ROWID;
CREATE INDEX waiting_due ON waiting (bucket, due) WHERE due < 9223372036854775807;
CREATE INDEX waiting_received ON waiting (bucket, received) WHERE due < 9223372036854775807;

CREATE TABLE lease (item INTEGER PRIMARY KEY, person INTEGER NOT NULL, until INTEGER NOT NULL, body TEXT NOT NULL);
-- Who ever had an item in hand, in which round, and what it has cost them (the moderator's own).
CREATE TABLE hand (person INTEGER NOT NULL, item INTEGER NOT NULL, round INTEGER NOT NULL, revision INTEGER NOT NULL,
    at INTEGER NOT NULL, booked TEXT, sight TEXT, PRIMARY KEY (person, item)) WITHOUT ROWID;
-- What a person is not served: passed in this round, or reported by them.
CREATE TABLE barred (item INTEGER NOT NULL, person INTEGER NOT NULL, why TEXT NOT NULL,
    PRIMARY KEY (item, person)) WITHOUT ROWID;
-- Authors whose items and history are shut to a person.
CREATE TABLE shut (person INTEGER NOT NULL, author INTEGER NOT NULL, PRIMARY KEY (person, author)) WITHOUT ROWID;

-- Everything that happened. `audit` numbers what is in the chain; what is not (a hint for live views) has none.
-- payload: the decision as recorded; its digest stands in detail, so it can go and the chain stays whole.
CREATE TABLE log (seq INTEGER PRIMARY KEY, audit INTEGER, at INTEGER NOT NULL, actor TEXT NOT NULL,
    action TEXT NOT NULL, subject TEXT NOT NULL, detail TEXT NOT NULL, hash BLOB, person INTEGER, item INTEGER,
    prev INTEGER, round INTEGER, revision INTEGER, payload BLOB);
CREATE TABLE decision (id BLOB PRIMARY KEY, seq INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE reversal (decision INTEGER PRIMARY KEY, seq INTEGER NOT NULL, id BLOB NOT NULL);
-- How often a text was decided how, by the first 8 bytes of its folded hash.
CREATE TABLE alike (text INTEGER NOT NULL, verdict INTEGER NOT NULL, policy TEXT NOT NULL, times INTEGER NOT NULL,
    PRIMARY KEY (text, verdict, policy)) WITHOUT ROWID;
CREATE TABLE author (id INTEGER PRIMARY KEY, items INTEGER NOT NULL, decided INTEGER NOT NULL,
    removed INTEGER NOT NULL, policy TEXT, at INTEGER);
CREATE TABLE alert (id BLOB PRIMARY KEY, item INTEGER, person INTEGER NOT NULL, open INTEGER NOT NULL,
    body BLOB NOT NULL, taken_by TEXT, taken_at INTEGER) WITHOUT ROWID;
CREATE INDEX alert_open ON alert (open) WHERE open = 1;
