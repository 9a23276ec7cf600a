# La question du jour. Elle est au modérateur seul, et passer est normal.

checkin-mood = comment allez-vous ?
checkin-mood-1 = mal
checkin-mood-2 = pas très bien
checkin-mood-3 = moyennement
checkin-mood-4 = bien
checkin-mood-5 = très bien
checkin-load = était-ce lourd ?
checkin-load-1 = léger
checkin-load-2 = plutôt léger
checkin-load-3 = comme d'habitude
checkin-load-4 = lourd
checkin-load-5 = très lourd
checkin-kept = Gardé sur cette machine, pour vous seul : `moddesk me check-ins`.
checkin-off = Le bilan du jour est éteint : [desk] check_in l'allume.
checkin-offer = { $key } : bilan du jour, pour vous seul ; ne pas répondre est normal
