-- Who may sign in. Tokens are kept as SHA-256; times in microseconds, expires NULL means never.
CREATE TABLE token (digest BLOB PRIMARY KEY, person INTEGER NOT NULL, issued INTEGER NOT NULL, expires INTEGER)
    WITHOUT ROWID;
CREATE INDEX token_person ON token (person);
-- The newest change of a person's rights or tokens, numbered by the log, so that a server asks only for what is new.
CREATE TABLE access (person INTEGER PRIMARY KEY, seq INTEGER NOT NULL);
CREATE INDEX access_seq ON access (seq);
INSERT INTO access SELECT id, 1 FROM person;
