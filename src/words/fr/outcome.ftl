# What became of a decision that was sent.

outcome-recorded = enregistrée
outcome-already_recorded = déjà enregistrée
outcome-conflict = quelqu'un d'autre a décidé avant
outcome-conflict-by = { $who } a décidé avant : { $what }
outcome-leased = quelqu'un d'autre l'a pris
outcome-stale_revision = modifié entre-temps
outcome-superseded = une décision plus récente est en vigueur
outcome-not_leased = il ne vous était pas confié
outcome-refused = refusée : { $why }
outcome-listed =
    { $n ->
        [one] { $n } décision n'a pas pu être enregistrée : { $key } pour la voir
       *[other] { $n } décisions n'ont pas pu être enregistrées : { $key } pour les voir
    }
outcome-one = { $what } { $item } : { $why }
outcome-recovered =
    { $n ->
        [one] De la dernière fois : { $n } décision envoyée.
       *[other] De la dernière fois : { $n } décisions envoyées.
    }
outcome-recovered-impossible =
    { $n ->
        [one] De la dernière fois : { $n } décision est devenue impossible.
       *[other] De la dernière fois : { $n } décisions sont devenues impossibles.
    }
