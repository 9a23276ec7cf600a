-- Webhooks: who is told (body, with the secret that signs), and how it stands (its place in the log, whose turn it is).
CREATE TABLE webhook (name text PRIMARY KEY, body text NOT NULL, standing text NOT NULL);
-- What has not arrived: a number of the log, what it waits behind (its item), and how often it was tried.
CREATE TABLE delivery (webhook text NOT NULL, seq bigint NOT NULL, lane bigint NOT NULL, given_up boolean NOT NULL,
    body text NOT NULL, PRIMARY KEY (webhook, given_up, seq));
