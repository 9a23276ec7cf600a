-- What items are found again by: 40 bytes each, some 2,000 a block, in order of arrival. n: how many.
CREATE TABLE kin (id bigint PRIMARY KEY, n bigint NOT NULL, body bytea NOT NULL);
ALTER TABLE kin ALTER COLUMN body SET STORAGE EXTERNAL;
-- The items of a thread, by the first 8 bytes of the hash of its subject's id.
CREATE TABLE thread (thread bigint NOT NULL, item bigint NOT NULL, PRIMARY KEY (thread, item));
