# An answer in the client's name.

reply-title = réponse · { $visibility }
reply-title-template = réponse · { $visibility } · { $template }
reply-public = PUBLIQUE
reply-private = PRIVÉE
reply-blanks =
    { $n ->
        [one] { $n } blanc : non envoyée
       *[other] { $n } blancs : non envoyée
    }
reply-left =
    { $n ->
        [one] { $n } restant
       *[other] { $n } restants
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
reply-only = Cela appartient à une réponse ; ouvrez-en une d'abord.
reply-no-questions = Ce client n'a pas de questions à parcourir.
reply-no-blanks = Il ne reste aucun blanc.
reply-questions = Questions
reply-picker-keys = tapez pour chercher · Entrée choisit
reply-preview = telle qu'elle sera lue
reply-from = de
reply-to = à
reply-read-by = lue par
reply-edited = de retour de l'éditeur ; rien n'est encore envoyé
reply-edited-late = Le contenu est parti entre-temps : ce qui fut écrit dans l'éditeur n'est pas gardé.
reply-editor-failed = L'éditeur n'a pas pu servir : { $why }
reply-unfinished = Réponse pas finie, ne part pas : { $reply } la reprend ; la même touche passe outre.
reply-unfinished-blanks =
    { $n ->
        [one] Réponse à { $n } blanc, ne part pas : { $reply } la reprend ; la même touche passe outre.
       *[other] Réponse à { $n } blancs, ne part pas : { $reply } la reprend ; la même touche passe outre.
    }
