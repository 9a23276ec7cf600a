# Items that belong together.

batch-title =
    { $n ->
        [one] lot : { $n } contenu · { $by }
       *[other] lot : { $n } contenus · { $by }
    }
batch-ask = Qu'est-ce qui va ensemble ?
batch-author = même auteur
batch-text = même texte
batch-alike = texte presque identique
batch-link = même lien
batch-thread = même fil
batch-marked =
    { $n ->
        [one] { $n } marqué
       *[other] { $n } marqués
    }
batch-elsewhere =
    { $n ->
        [one] { $n } chez des collègues
       *[other] { $n } chez des collègues
    }
batch-left-out =
    { $n ->
        [one] { $n } de niveau 3 ou plus laissé de côté
       *[other] { $n } de niveau 3 ou plus laissés de côté
    }
batch-not-reported = non signalé
batch-alone = Rien ne va avec ce contenu.
batch-nothing-marked = Marquez d'abord : { $one } un, { $all } tous.
batch-will-do =
    { $n ->
        [one] { $what } { $n } contenu de { $whose }
       *[other] { $what } { $n } contenus de { $whose }
    }
batch-confirm = { $key } encore pour le faire, Échap pour sortir
batch-not-recorded =
    { $n ->
        [one] { $n } du lot n'a pas pu être enregistré
       *[other] { $n } du lot n'ont pas pu être enregistrés
    }
