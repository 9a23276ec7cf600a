# The help page, generated from the commands.

help-title = Keys: { $context }
help-keymap = keymap { $name }
help-everywhere = Everywhere
help-unavailable = not now: { $why }
help-leave = { $key } leaves
