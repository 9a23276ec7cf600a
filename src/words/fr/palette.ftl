# The palette.

palette-ask = Que voulez-vous faire ?
palette-none = Aucune commande ne correspond.
palette-filter = filtrer
palette-choose-policy = { $action } : quelle règle ?
palette-choose-measure = Quelle mesure ?
palette-choose-queue = Escalader vers quelle file ?
palette-no-key = sans touche
