# The help page, generated from the commands.

help-title = Touches : { $context }
help-keymap = clavier { $name }
help-everywhere = Partout
help-unavailable = pas maintenant : { $why }
help-leave = { $key } sortir
