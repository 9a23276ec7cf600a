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
batch-looking = Recherche de ce qui va ensemble…
batch-items =
    { $n ->
        [one] { $n } contenu
       *[other] { $n } contenus
    }
batch-beside =
    { $n ->
        [one] { $n } semblable ({ $key })
       *[other] { $n } semblables ({ $key })
    }
batch-marked-reported = { $n } marqués ; { $rest } non signalés restent sans marque
batch-unseen =
    { $n ->
        [one] { $n } d'entre eux n'a jamais été à l'écran
       *[other] { $n } d'entre eux n'ont jamais été à l'écran
    }
batch-stays =
    { $n ->
        [one] { $n } sans marque retourne dans la file
       *[other] { $n } sans marque retournent dans la file
    }
batch-stays-unreported =
    { $n ->
        [one] dont { $n } non signalé
       *[other] dont { $n } non signalés
    }
batch-beyond =
    { $n ->
        [one] { $n } autre attend au-delà de ce lot
       *[other] { $n } autres attendent au-delà de ce lot
    }
batch-more-authors =
    { $n ->
        [one] { $n } autre auteur
       *[other] { $n } autres auteurs
    }
batch-undone =
    { $n ->
        [one] annulé : lot de { $n }
       *[other] annulé : lot de { $n }
    }
batch-reverse-ask =
    { $n ->
        [one] Le lot de { $n } ({ $what }) est déjà parti.
       *[other] Le lot de { $n } ({ $what }) est déjà parti.
    }
