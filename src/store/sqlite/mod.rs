//! The embedded queue: SQLite, write-ahead log, one writer.
