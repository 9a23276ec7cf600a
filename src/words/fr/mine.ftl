# La page du modérateur. Personne d'autre ne voit ce qui s'y trouve.

mine-title = votre page
mine-own = Ce qui est ici est à vous ; aucun superviseur ne le voit.
mine-now = ce qui compte maintenant, et d'où cela vient
mine-coming = Le reste arrive.
mine-load = charge
mine-run_graphic = contenus durs de suite
mine-run_extreme = extrêmes parmi eux
mine-run_owed = contenus légers dus
mine-hourly = depuis la pause
mine-shift_points = points du service
mine-shift_amber = avant nouvel accord
mine-shift_graphic = niveaux 3 et 4 ouverts
mine-shift_extreme = niveau 4 ouvert
mine-shift_end = avant la fin prévue
mine-ramp = services jusqu'ici
mine-break_run = pause, reste
mine-break_acute = pause, reste
mine-break_hourly = pause, reste
mine-break_voluntary = votre pause
mine-how-load = Elle diminue avec le temps, plus vite en pause ; à la limite, une pause est due.
mine-how-run_graphic = Contenus de niveau 3 ou 4 servis l'un après l'autre.
mine-how-run_extreme = Contenus de niveau 4 parmi eux.
mine-how-run_owed = Contenus de niveau 0 ou 1 qui viennent d'abord.
mine-how-hourly = Temps depuis une pause assez longue.
mine-how-shift_points = La somme de tous les contenus ; à la limite, seuls des contenus légers viennent.
mine-how-shift_amber = La même somme ; à partir d'ici, les contenus durs ne viennent que si vous l'acceptez à nouveau.
mine-how-shift_graphic = Temps avec un contenu de niveau 3 ou 4 ouvert.
mine-how-shift_extreme = Temps avec un contenu de niveau 4 ouvert.
mine-how-shift_end = Rien de dur dans les premières ni dans les dernières minutes.
mine-how-ramp = Dans les premiers services, les limites comptent pour moins :
mine-how-break_run = Plusieurs contenus durs de suite.
mine-how-break_acute = La charge avait atteint sa limite.
mine-how-break_hourly = Près d'une heure de travail.
mine-how-break_voluntary = Aussi longtemps que vous voulez.
mine-how-item = Un contenu coûte : poids du niveau × média × ce qui a été vu × temps devant un texte. Ci-dessous, ouvert en entier :
mine-unit-points =
    { $n ->
        [one] point
       *[other] points
    }
mine-unit-minutes = min
mine-unit-items =
    { $n ->
        [one] contenu
       *[other] contenus
    }
mine-unit-shifts =
    { $n ->
        [one] service
       *[other] services
    }
mine-costs = ce que coûte un contenu
mine-text = texte
mine-image = image
mine-audio = son
mine-video = film
mine-live = direct
mine-breaks = vos pauses
mine-no-breaks = Aucune n'est gardée.
mine-rule-run = après des contenus durs de suite
mine-rule-acute = par la charge
mine-rule-hourly = par le temps
mine-rule-voluntary = la vôtre
mine-asked = devait durer { $minutes } min
mine-overturned = vos décisions que d'autres ont annulées
mine-none-overturned = Aucune.
mine-undone = { $what } · annulé par { $by }, { $at } :
mine-no-reason = sans raison donnée
mine-topics = ce que vous ne prenez pas
mine-all-topics = Vous prenez tout.
mine-not-served = Ne vous est pas servi : { $topics }. Personne n'en est informé.
mine-export = `moddesk me export` écrit tout ce qui est gardé de vous ; `moddesk me erase` oublie ce qui ne lie plus.
mine-topic-title = une lettre retire un sujet, ou le reprend ; personne n'en est informé
mine-topic-out = pas servi
mine-topics-now = Pas servi dès le prochain contenu chargé : { $topics }
