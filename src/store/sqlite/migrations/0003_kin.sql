-- What items are found again by: 40 bytes each, some 2,000 a block, in order of arrival. n: how many.
CREATE TABLE kin (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, body BLOB NOT NULL);
-- The items of a thread, by the first 8 bytes of the hash of its subject's id.
CREATE TABLE thread (thread INTEGER NOT NULL, item INTEGER NOT NULL, PRIMARY KEY (thread, item)) WITHOUT ROWID;
