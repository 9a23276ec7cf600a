# Checking a keymap. Each mistake stands behind its file and line.

keys-at = { $file }:{ $line }: { $what }
keys-syntax = { $what }
keys-not-a-key = `{ $key }` is no key; write one character, or ctrl-x, alt-x, shift-tab, space, enter, esc, up, pagedown, f1
keys-not-a-context = `[{ $name }]` is no place where keys mean something; these are: { $known }
keys-not-a-setting = `{ $name }` is neither `inherit` nor a table of keys
keys-not-a-binding = `{ $key }` must be a command's name in quotes, or false to unbind it
keys-not-a-keymap = there is no keymap `{ $name }`; write default, azerty, vim, one-hand, or a file's path
keys-unreadable = the file cannot be read ({ $why })
keys-circle = `inherit` goes in a circle
keys-unknown = `{ $command }` is no command
keys-unknown-near = `{ $command }` is no command; did you mean `{ $near }`?
keys-elsewhere = `{ $command }` does nothing in [{ $context }]; it belongs in { $known }
keys-conflict = `{ $key }` is already bound to `{ $other }` in line { $line }
keys-shadowed = `{ $key }` can never be reached: `{ $shorter }` in line { $line } acts first
keys-arrives = `{ $key }` can never be reached: a terminal sends `{ $as }` for it
keys-never-sent = `{ $key }` can never be reached: a terminal does not send it
keys-ambiguous = `{ $key }` cannot be relied on: it begins an escape sequence
keys-typed = `{ $key }` can never be reached: in [{ $context }] it is typed as text
keys-escape = `esc` leaves and never writes anything: it can only be bound to `screen.leave`
keys-needed = {"["}{ $context }] has no key for `{ $command }`, which must always be reachable
keys-nothing-unbound = `{ $key }` was not bound; nothing to unbind
keys-lost = {"["}{ $context }] has no key for `{ $command }` any more; it is still in the palette
keys-fine = { $file }: no mistake
keys-column-key = key
keys-column-command = command
keys-column-does = does
