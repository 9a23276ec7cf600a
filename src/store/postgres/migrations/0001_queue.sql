-- The queue. Words are as in the embedded one; numbers are bigint, times microseconds, JSON is text where it escapes
-- U+0000 and bytea where it is content or somebody's own words.

-- One row a commit: its number is the guard that lets several servers write as one.
CREATE TABLE commit (version bigint PRIMARY KEY, at bigint NOT NULL);
INSERT INTO commit VALUES (0, 0);

CREATE TABLE meta (key text PRIMARY KEY, value text NOT NULL);
CREATE TABLE client (name text PRIMARY KEY, body text NOT NULL);
CREATE TABLE queue (id bigint PRIMARY KEY, name text NOT NULL UNIQUE, body text NOT NULL);
CREATE TABLE person (id bigint PRIMARY KEY, name text NOT NULL UNIQUE, body text NOT NULL);

-- One row a person: shift, load, break, open desk. The moderator's own.
CREATE TABLE day (person bigint PRIMARY KEY, body text NOT NULL) WITH (fillfactor = 40);
-- What is kept of breaks and of finished shifts, by person.
CREATE TABLE rest (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, person bigint NOT NULL, at bigint NOT NULL,
    kind text NOT NULL, body text NOT NULL);
CREATE INDEX rest_person ON rest (person, id);
CREATE TABLE handover (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, person bigint NOT NULL, at bigint NOT NULL,
    body text NOT NULL);

-- Who may sign in. Tokens are kept as SHA-256; expires NULL means never.
CREATE TABLE token (digest bytea PRIMARY KEY, person bigint NOT NULL, issued bigint NOT NULL, expires bigint);
CREATE INDEX token_person ON token (person);
-- The newest change of a person's rights or tokens, numbered by the log.
CREATE TABLE access (person bigint PRIMARY KEY, seq bigint NOT NULL);
CREATE INDEX access_seq ON access (seq);

-- A bucket gathers what waits by what decides who may take it; origin is the queue an item came in by.
CREATE TABLE bucket (id bigint PRIMARY KEY, queue bigint NOT NULL, origin bigint NOT NULL, lang text NOT NULL,
    level bigint NOT NULL, UNIQUE (queue, origin, lang, level));
-- How many wait in a bucket (key below 2^32); from there on what was decided in a queue on that day.
CREATE TABLE tally (key bigint PRIMARY KEY, n bigint NOT NULL, day bigint NOT NULL) WITH (fillfactor = 10);

-- state: 0 waiting or leased, 1 decided, 2 withdrawn, 3 sealed. class: 0 after a reversal, else 1. last: the newest
-- log entry about it. What changes with a decision is in no index, so that the row is changed in place.
CREATE TABLE item (seq bigint PRIMARY KEY, id text COLLATE "C" NOT NULL UNIQUE, state bigint NOT NULL,
    bucket bigint NOT NULL, class bigint NOT NULL, priority bigint NOT NULL, revision bigint NOT NULL,
    round bigint NOT NULL, received bigint NOT NULL, due bigint NOT NULL, author bigint, last bigint NOT NULL)
    WITH (fillfactor = 80);
CREATE INDEX item_author ON item (author, seq) WHERE author IS NOT NULL;
-- The content as it came, JSON.
CREATE TABLE content (item bigint PRIMARY KEY, body bytea NOT NULL);

-- Which log entry brought the items from `first` on, up to the next row.
CREATE TABLE batch (first bigint PRIMARY KEY, log bigint NOT NULL);

-- What waits, in the order of serving, and nothing else: a claim deletes here, so that what is claimed and what an
-- old snapshot still sees slow nobody down. due: 9223372036854775807 means none.
CREATE TABLE waiting (bucket bigint NOT NULL, class bigint NOT NULL, rank bigint NOT NULL, due bigint NOT NULL,
    received bigint NOT NULL, item bigint NOT NULL, PRIMARY KEY (bucket, class, rank, due, received, item));
CREATE INDEX waiting_due ON waiting (bucket, due, class, rank, received, item) WHERE due < 9223372036854775807;
CREATE INDEX waiting_received ON waiting (bucket, received) WHERE due < 9223372036854775807;

CREATE TABLE lease (item bigint PRIMARY KEY, person bigint NOT NULL, until bigint NOT NULL, body text NOT NULL);
CREATE INDEX lease_person ON lease (person);
-- Who ever had an item in hand, in which round, and what it has cost them (the moderator's own).
CREATE TABLE hand (item bigint NOT NULL, person bigint NOT NULL, round bigint NOT NULL, revision bigint NOT NULL,
    at bigint NOT NULL, booked text, sight text, PRIMARY KEY (item, person)) WITH (fillfactor = 60);
CREATE INDEX hand_person ON hand (person);
-- What a person is not served: passed in this round, or reported by them.
CREATE TABLE barred (item bigint NOT NULL, person bigint NOT NULL, why text NOT NULL, PRIMARY KEY (item, person));
-- Authors whose items and history are shut to a person.
CREATE TABLE shut (person bigint NOT NULL, author bigint NOT NULL, PRIMARY KEY (person, author));

-- Everything that happened, a partition a month. `audit` numbers what is in the chain; what is not (a hint for live
-- views) has none. payload: the decision as recorded; its digest stands in detail.
CREATE TABLE log (seq bigint NOT NULL, audit bigint, at bigint NOT NULL, actor text NOT NULL, action text NOT NULL,
    subject text NOT NULL, detail text NOT NULL, hash bytea, person bigint, item bigint, prev bigint, round bigint,
    revision bigint, payload bytea, PRIMARY KEY (seq, at)) PARTITION BY RANGE (at);
CREATE TABLE log_other PARTITION OF log DEFAULT;
CREATE TABLE decision (id uuid PRIMARY KEY, seq bigint NOT NULL);
CREATE TABLE reversal (decision bigint PRIMARY KEY, seq bigint NOT NULL, id uuid NOT NULL);
-- How often a text was decided how, by the first 8 bytes of its folded hash.
CREATE TABLE alike (text bigint NOT NULL, verdict bigint NOT NULL, policy bytea NOT NULL, times bigint NOT NULL,
    PRIMARY KEY (text, verdict, policy));
CREATE TABLE author (id bigint PRIMARY KEY, items bigint NOT NULL, decided bigint NOT NULL, removed bigint NOT NULL,
    policy bytea, at bigint) WITH (fillfactor = 70);
CREATE TABLE alert (id uuid PRIMARY KEY, item bigint, person bigint NOT NULL, open boolean NOT NULL,
    body bytea NOT NULL, taken_by text, taken_at bigint);
CREATE INDEX alert_open ON alert (id) WHERE open;
CREATE INDEX alert_item ON alert (item);
CREATE INDEX alert_person ON alert (person, taken_at);

-- Makes the partition of a month ("2026-11") where there is none yet.
CREATE FUNCTION moddesk_month(month text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    name text := 'log_' || replace(month, '-', '_');
    first timestamptz := (month || '-01T00:00:00Z')::timestamptz;
BEGIN
    IF to_regclass(format('%I.%I', current_schema(), name)) IS NULL THEN
        EXECUTE format('CREATE TABLE %I PARTITION OF log FOR VALUES FROM (%s) TO (%s)', name,
            (extract(epoch FROM first) * 1000000)::bigint,
            (extract(epoch FROM (first AT TIME ZONE 'UTC' + interval '1 month') AT TIME ZONE 'UTC') * 1000000)::bigint);
    END IF;
END $$;
