# The break screen: one plain sentence on why, and quiet offers. No figures, no deadlines.

break-title = Pause
break-run = Vous avez vu plusieurs contenus durs d'affilée.
break-acute = Vous avez vu beaucoup de contenus durs en peu de temps.
break-hourly = Vous travaillez depuis près d'une heure.
break-voluntary = Vous avez demandé une pause. Personne ne demande pourquoi.
break-other = Une pause est due.
break-pause = Une courte pause : rien de plus doux n'attend.
break-minutes-left =
    { $n ->
        [one] encore { $n } minute
       *[other] encore { $n } minutes
    }
break-last-minute =
    { $n ->
        [one] encore { $n } seconde
       *[other] encore { $n } secondes
    }
break-until = jusqu'à { $time }
break-over = La pause est finie. Entrée amène le prochain contenu, quand vous voulez.
break-not-over = La pause dure jusqu'à { $time } ; aucune touche ne l'abrège.
break-any-key = N'importe quelle touche revient au travail.
break-say = Vous pouvez dire ce que c'est, sans obligation : { $keys }
break-lunch = repas
break-meeting = réunion
break-technical = technique
break-offer-look = Regardez au loin un moment.
break-offer-stand = Levez-vous et bougez un peu.
break-offer-drink = Buvez quelque chose.
break-offer-talk = Parlez avec un collègue, de n'importe quoi.
break-demo = Dans la démo, les pauses viennent tôt et sont courtes.
break-due-after = Une pause est due après ce contenu.
break-item-back = Le contenu est retourné dans la file ; votre brouillon est gardé.
break-item-waits = Votre contenu vous reste jusqu'à { $time }.
break-agree-title = Vous en avez beaucoup vu aujourd'hui.
break-agree-ask = Les contenus durs ne viennent que si vous l'acceptez à nouveau. Entrée accepte ; Échap continue sans eux.
break-cap = Jusqu'à la fin du service, seuls des contenus légers viennent.
break-breathe-in = inspirez
break-breathe-out = expirez
break-help = Si quelque chose vous reste : { $contacts }
break-breathe = Respirez lentement, si vous voulez : 4 secondes en inspirant, 6 en expirant.
