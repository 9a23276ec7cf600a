# An answer in the client's name.

reply-title = réponse · { $visibility }
reply-title-template = réponse · { $visibility } · modèle { $template }
reply-public = PUBLIQUE
reply-private = PRIVÉE
reply-blanks =
    { $n ->
        [one] { $n } blanc : non envoyée
       *[other] { $n } blancs : non envoyée
    }
reply-left =
    { $n ->
        [one] { $n } caractère restant
       *[other] { $n } caractères restants
    }
reply-too-long =
    { $n ->
        [one] { $n } caractère de trop
       *[other] { $n } caractères de trop
    }
reply-templates = Modèles
reply-no-templates = Ce client n'a pas de modèle ; écrivez librement.
reply-kept = réponse gardée avec le brouillon ; un verdict l'envoie
reply-emptied = réponse ôtée
