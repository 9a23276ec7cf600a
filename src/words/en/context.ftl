# The places where keys mean something, by their name in a keymap.

context-always = everywhere
context-desk = item
context-chooser = choosing
context-text = writing
context-palette = palette
context-page = reading
context-batch = batch
context-alert = alert
context-break = break
context-curtain = curtain
context-shift = start of shift
context-summary = end of shift
context-watch = supervision
