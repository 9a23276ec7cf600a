# A note for colleagues.

note-title = note · colleagues read it, the author does not
note-kept = note kept with the draft
note-emptied = note taken out
