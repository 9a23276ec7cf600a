# What went wrong, and what to do.

error-disk-full = Le disque est plein : la décision n'a pas été prise. Libérez de la place et appuyez encore.
error-journal = Le journal ne peut pas être écrit ({ $why }) : la décision n'a pas été prise. Lancez `moddesk doctor`.
error-task = Une erreur interne est notée dans le journal technique ; vos décisions sont sauves.
error-failed = { $what }
error-keymap = Le clavier { $name } contient une erreur ; le poste utilise les touches par défaut : { $what }
