# What went wrong, and what to do.

error-disk-full = The disk is full: the decision was not taken. Free some space and press the key again.
error-journal = The journal cannot be written ({ $why }): the decision was not taken. Run `moddesk doctor`.
error-task = Something inside went wrong and is in the log; your decisions are safe.
error-failed = { $what }
error-keymap = The keymap { $name } has a mistake; the desk uses the default keys: { $what }
