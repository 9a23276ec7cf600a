# Everything is blank.

curtain-closed = The curtain is down. Any key raises it.
curtain-word = The curtain is down. Type its word, then Enter.
curtain-wrong = That is not the word.
curtain-released = What was undecided went back to the queue.
