# What an author did here, and what happened to an item.

history-author = Ce qu'a fait { $author } ici
history-item = Ce qui est arrivé à { $item }
history-entry = { $when } · { $what } · { $who }
history-none = Rien de connu pour l'instant.
history-imported = reçu
history-decided = { $verdict } { $policy }
history-reversed = annulé
history-passed = rendu
history-again = à décider de nouveau
history-resumed = échéance reprise
history-paused = échéance suspendue
history-erased = son contenu est parti
history-sealed = scellé
history-withdrawn = retiré par la plateforme
history-merged = le même est revenu
history-revised = modifié
history-figures =
    { $decided ->
        [one] { $decided } décidé ici, { $removed } retirés
       *[other] { $decided } décidés ici, { $removed } retirés
    }
history-closed = Fermé pour vous : vous avez passé cet auteur pour conflit d'intérêts.
history-asked = La file est interrogée.
