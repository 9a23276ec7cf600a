# The item's screen.

item-online = EN LIGNE
item-online-since = EN LIGNE { $length }
item-held-back = retenu avant publication
item-unknown = en ligne : inconnu
item-live = EN DIRECT
item-views =
    { $n ->
        [one] { $n } vue
       *[other] { $n } vues
    }
item-likes =
    { $n ->
        [one] { $n } j'aime
       *[other] { $n } j'aime
    }
item-shares =
    { $n ->
        [one] { $n } partage
       *[other] { $n } partages
    }
item-subject = sous « { $title } »
item-no-subject = seul
item-revision = révision { $n }
item-round = tour { $n }
item-lang-guessed = { $lang } (deviné)
item-author = auteur
item-joined = inscrit { $when }
item-posts =
    { $n ->
        [one] { $n } message
       *[other] { $n } messages
    }
item-removed =
    { $n ->
        [one] { $n } retiré
       *[other] { $n } retirés
    }
item-followers =
    { $n ->
        [one] { $n } abonné
       *[other] { $n } abonnés
    }
item-new-author = premier contenu de cet auteur ici
item-last-decision = dernier : { $what }, { $ago }
item-alike = même texte : { $what }
item-alike-times =
    { $n ->
        [one] { $what }, { $n } fois
       *[other] { $what }, { $n } fois
    }
item-decided-before = déjà décidé, semblable
item-thread-of =
    { $n ->
        [one] fil de { $n }
       *[other] fil de { $n }
    }
item-thread-removed =
    { $n ->
        [one] { $n } retiré
       *[other] { $n } retirés
    }
item-this-one = celui-ci
item-due = à rendre avant { $time }
item-answer-due = réponse attendue avant { $time }
item-overdue = EN RETARD depuis { $time }
item-no-due = sans échéance
item-attributes = détails
item-media =
    { $n ->
        [one] { $n } média
       *[other] { $n } médias
    }
item-no-alt = sans description
item-no-text = sans texte
item-source = source
item-license = licence
item-scores = scores
item-client-changes = Changement de client : { $client }
item-policies-changed = Les consignes de { $client } passent à { $version } : Entrée confirme la lecture
item-copied-id = identifiant copié
item-copied-link = lien copié, désamorcé
item-no-link = Ce contenu n'a pas de lien.
item-nothing-to-scroll = Tout est à l'écran.
item-translation-off = Aucune traduction n'est configurée.
item-edited = Modifié sur la plateforme pendant la lecture : voici la révision { $n }
item-withdrawn = { $item } a été retiré par la plateforme
item-decided-elsewhere = { $item } a été décidé par { $who } : { $what }
item-taken-elsewhere = { $item } est maintenant chez { $who }
item-too-small = L'écran fait { $have } ; il faut { $want }. Rien n'est perdu.
item-content-gone = Le contenu n'est plus conservé.
