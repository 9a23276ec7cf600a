-- What is between people. kind: 0 a notice, 1 a doubt, 2 what became of one's own decision. person: whom a notice is
-- to, who asked, whom it comes back to. open: a doubt whose item nobody has decided; kept: a precedent.
CREATE TABLE message (id BLOB PRIMARY KEY, kind INTEGER NOT NULL, at INTEGER NOT NULL, person INTEGER, client TEXT,
    item INTEGER, open INTEGER NOT NULL, kept INTEGER NOT NULL, body BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX message_notice ON message (at) WHERE kind = 0;
CREATE INDEX message_own ON message (person, at) WHERE kind > 0;
CREATE INDEX message_item ON message (item) WHERE item IS NOT NULL;
CREATE INDEX message_open ON message (at) WHERE open = 1;
CREATE INDEX message_kept ON message (at) WHERE kept = 1;
-- Who has read which, and when. Under the id of nothing: a person's first sign-in.
CREATE TABLE message_read (person INTEGER NOT NULL, message BLOB NOT NULL, at INTEGER NOT NULL,
    PRIMARY KEY (person, message)) WITHOUT ROWID;
CREATE INDEX message_read_by ON message_read (message, person);
-- Items whose deadline stands still: since when, what it was, and why.
CREATE TABLE paused (item INTEGER PRIMARY KEY, at INTEGER NOT NULL, due INTEGER NOT NULL, why TEXT NOT NULL);
