-- What is between people. kind: 0 a notice, 1 a doubt, 2 what became of one's own decision. person: whom a notice is
-- to, who asked, whom it comes back to. open: a doubt whose item nobody has decided; kept: a precedent.
CREATE TABLE message (id uuid PRIMARY KEY, kind bigint NOT NULL, at bigint NOT NULL, person bigint, client text,
    item bigint, open boolean NOT NULL, kept boolean NOT NULL, body bytea NOT NULL);
CREATE INDEX message_notice ON message (at) WHERE kind = 0;
CREATE INDEX message_own ON message (person, at) WHERE kind > 0;
CREATE INDEX message_item ON message (item) WHERE item IS NOT NULL;
CREATE INDEX message_open ON message (at) WHERE open;
CREATE INDEX message_kept ON message (at) WHERE kept;
-- Who has read which, and when. Under the id of nothing: a person's first sign-in.
CREATE TABLE message_read (person bigint NOT NULL, message uuid NOT NULL, at bigint NOT NULL,
    PRIMARY KEY (person, message));
CREATE INDEX message_read_by ON message_read (message, person);
-- Items whose deadline stands still: since when, what it was, and why.
CREATE TABLE paused (item bigint PRIMARY KEY, at bigint NOT NULL, due bigint NOT NULL, why text NOT NULL);
