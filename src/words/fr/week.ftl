# La semaine d'un client, en chiffres.

week-head = { $client } : semaine { $week }
week-line = { $name } : { $value }
week-nothing = Rien n'a été décidé cette semaine.
week-decided = décidés
week-refused = refusés
week-reversals = décisions reprises
week-median = délai médian de décision
week-in-time = décidés dans le délai
week-hours = heures devant les éléments, toutes ensemble
week-hours-few = non communiquées, moins de trois personnes ayant travaillé
week-policies = Refus par règle
week-channels = Par canal
week-channel = canal
week-no-channel = non précisé
week-hours-of-day = Par heure de la journée
week-alerts = Alertes
week-alert-open = encore ouverte
week-alert-taken = prise en charge après { $after }
week-alert-withdrawn = retirée par son auteur
