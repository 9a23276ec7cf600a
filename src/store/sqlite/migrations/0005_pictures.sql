-- Which items name a picture by the SHA-256 of its bytes. The bytes lie beside this file, each in a file of that name.
CREATE TABLE picture (hash TEXT NOT NULL, item INTEGER NOT NULL, PRIMARY KEY (hash, item)) WITHOUT ROWID;
-- No item names these any more: their files go once this is committed, after a crash at the next start.
CREATE TABLE picture_gone (hash TEXT PRIMARY KEY) WITHOUT ROWID;
