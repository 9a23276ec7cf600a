# The thread an item stands in.

thread-title = fil
thread-whole = { $key } tout le fil
thread-take = { $key } le prendre dans l'ordre
thread-taken =
    { $n ->
        [one] { $n } contenu de ce fil est à vous, dans l'ordre
       *[other] { $n } contenus de ce fil sont à vous, dans l'ordre
    }
thread-none = Rien ne le précède.
thread-earlier =
    { $n ->
        [one] { $n } message plus tôt
       *[other] { $n } messages plus tôt
    }
thread-no-subject = Ce contenu n'est dans aucun fil.
thread-nothing-waits = Rien d'autre de ce fil ne vous attend.
thread-here = { $n } ici · { $waiting } en attente · { $removed } retirés
thread-waiting = en attente
thread-leased = en main
thread-decided = décidé
thread-withdrawn = retiré par la plateforme
