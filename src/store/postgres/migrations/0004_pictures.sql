-- Which items name a picture by the SHA-256 of its bytes.
CREATE TABLE picture (hash text NOT NULL, item bigint NOT NULL, PRIMARY KEY (hash, item));
-- The bytes, for all servers of a team. They are packed already.
CREATE TABLE picture_body (hash text PRIMARY KEY, body bytea NOT NULL);
ALTER TABLE picture_body ALTER COLUMN body SET STORAGE EXTERNAL;
