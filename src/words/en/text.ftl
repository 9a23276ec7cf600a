# Text boxes.

text-keys = { $done } keeps it · Esc leaves and writes nothing
text-keys-lines = { $done } keeps it · Enter is a new line · Esc leaves and writes nothing
text-too-long = That is too long: { $n } is the most.
text-left = Left; nothing was written.
