# Imminent harm. These words stay on the screen until somebody has taken the alert.

alert-ask = ALERTE : que va-t-il se passer ? Elle part tout de suite.
alert-suicide = suicide
    .doc = quelqu'un risque de se tuer
alert-threat = menace
    .doc = quelqu'un est menacé
alert-attack = attaque
    .doc = une attaque se prépare
alert-child = enfant
    .doc = un enfant est en danger
alert-sending = ALERTE { $kind } sur { $item } : envoi en cours
alert-sent = ALERTE { $kind } sur { $item } : envoyée à { $time }, personne ne l'a encore prise
alert-not-sent = ALERTE { $kind } NON ENVOYÉE : appelez { $call } · { $item }
alert-not-sent-nobody = ALERTE { $kind } NON ENVOYÉE : prévenez votre superviseur de vive voix, ce client n'a pas de liste d'appel · { $item }
alert-taken = ALERTE { $kind } sur { $item } : prise par { $who } à { $time }
alert-withdrawn = ALERTE { $kind } sur { $item } : retirée ; la trace reste
alert-more = Davantage, si vous le savez : { $keys }
alert-plan = un plan
alert-time = un moment
alert-place = un lieu
alert-note = une note
alert-hide = masquer le contenu
alert-keep = laisser le contenu en ligne
alert-crisis-reply = la réponse de crise
alert-break-offered = Vous pouvez prendre une pause maintenant : { $key }
alert-open =
    { $n ->
        [one] { $n } alerte ouverte
       *[other] { $n } alertes ouvertes
    }
