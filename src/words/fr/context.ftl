# The places where keys mean something, by their name in a keymap.

context-always = partout
context-desk = contenu
context-chooser = choix
context-text = écriture
context-palette = palette
context-page = lecture
context-batch = lot
context-alert = alerte
context-break = pause
context-curtain = rideau
context-shift = début de service
context-summary = fin de service
context-watch = supervision
