# What is done to an author.

sanction-warn = avertir
sanction-mute = réduire au silence
sanction-suspend = suspendre
sanction-ban = bannir
sanction-ask = Sanctionner l'auteur
sanction-hours =
    { $n ->
        [one] pendant { $n } heure
       *[other] pendant { $n } heures
    }
sanction-until-lifted = jusqu'à nouvel ordre
sanction-ask-hours = Pendant combien d'heures ? Vide : jusqu'à nouvel ordre.
sanction-not-hours = Écrivez un nombre entier d'heures, ou rien.
sanction-nobody = La plateforme ne dit pas qui l’a écrit : personne ne peut être sanctionné.
