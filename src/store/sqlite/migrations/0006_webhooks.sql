-- Webhooks: who is told (body, with the secret that signs), and how it stands (its place in the log, whose turn it is).
CREATE TABLE webhook (name TEXT PRIMARY KEY, body TEXT NOT NULL, standing TEXT NOT NULL) WITHOUT ROWID;
-- What has not arrived: a number of the log, what it waits behind (its item), and how often it was tried.
CREATE TABLE delivery (webhook TEXT NOT NULL, seq INTEGER NOT NULL, lane INTEGER NOT NULL, given_up INTEGER NOT NULL,
    body TEXT NOT NULL, PRIMARY KEY (webhook, given_up, seq)) WITHOUT ROWID;
