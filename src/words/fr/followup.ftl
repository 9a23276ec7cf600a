# What goes with a verdict, and the draft it gathers on.

followup-reply = réponse
followup-insight = insight
followup-note = note
followup-forward = transfert
followup-like = j'aime
followup-share = partage
followup-sanction = sanction
followup-label = étiquette
followup-doubt = question
followup-alert = alerte
followup-composed = préparé
followup-composed-line = { $what } · pas encore de verdict : { $keys } envoie le tout ; Entrée n'envoie rien
followup-reply-public = réponse publique
followup-reply-private = réponse privée
followup-forward-to = transfert à { $department }
followup-like-chooser = Aimer, partager
followup-label-ask = Étiquette
followup-forward-ask = Transférer à quel service ?
followup-none-configured = Ce client n'a aucun service où transférer ; ajoutez-en un sous [clients] dans la configuration.
followup-dropped = { $what } ôté du brouillon
followup-kept = Un brouillon pour { $item } est gardé et reviendra avec lui.
followup-offered = Vous aviez commencé un brouillon pour ce contenu : { $what }
