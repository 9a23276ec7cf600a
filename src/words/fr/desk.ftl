# Ce que dit le poste pendant que l'on y travaille.

desk-added = ajouté au brouillon ; une décision l'envoie
desk-all-settled = Rien à lire : toutes les décisions sont enregistrées.
desk-author-unknown = auteur inconnu
desk-box-keys = { $done } garde · Entrée va à la ligne · Échap quitte, le texte attend
desk-box-sends = { $done } envoie · Entrée va à la ligne · Échap quitte, le texte attend
desk-box-closed = La saisie a été fermée ; ce que vous tapez ne fait rien. Le texte est gardé.
desk-change-look = { $key } montre la charte
desk-change-read = lu : version { $version }
desk-charter-pane = charte ({ $key } : en entier)
desk-chooser-enter = Entrée ne choisit rien ici : une lettre, ou ↓ pour marquer d’abord une ligne.
desk-chooser-keys = une lettre choisit · / filtre · Échap quitte
desk-filter-keys = Entrée choisit la ligne marquée · ↑ ↓ déplacent · Échap quitte
desk-detail-created = écrit
desk-detail-due = à rendre
desk-detail-id = élément
desk-detail-kind = genre
desk-detail-lease = à vous jusqu'à
desk-detail-level = gravité
desk-detail-link = lien
desk-detail-queue = file
desk-detail-received = reçu
desk-draft-lost = Le brouillon n'a pas pu être gardé ({ $why }) ; il est encore à l'écran.
desk-draft-offered = Vous aviez commencé un brouillon pour cet élément ; le revoici.
desk-ending = Envoi de ce qui est retenu et fin du service.
desk-failed = { $why }
desk-figures-break = prochaine pause vers
desk-figures-end = fin de service prévue
desk-graded = gravité { $level } ({ $name })
desk-grave = { $what } { $item } au titre de { $policy }, une règle grave.
desk-grave-seals = L'élément est scellé : texte, contexte et médias quittent la file pour de bon.
desk-grave-with = avec : { $what }
desk-leave-key = Échap quitte ; l'alerte reste lancée
desk-masking = masquage au moins { $level }
desk-media-no-alt = pas de description
desk-media-unknown = média
desk-no-alert = Vous n'avez lancé aucune alerte.
desk-no-author = La plateforme ne dit pas qui l'a écrit.
desk-no-ids = Un instant : appuyez encore une fois.
desk-no-letter = { $letter } ne choisit rien ici.
desk-no-policies = Ce client n'a pas de règles ici ; sans règle, rien ne peut être retiré ni restreint.
desk-no-visibility = Seule une réponse est publique ou privée.
desk-not-here = Ce poste n'a pas cela.
desk-not-reversed = { $item } n'a pas été annulé : { $why }
desk-not-sent-yet = pas encore envoyé ; reste dans le journal
desk-nothing-covered = Rien n'en est masqué.
desk-nothing-to-confirm = Entrée n'envoie rien. Rien n'attend d'être confirmé.
desk-nowhere-to-escalate = Cette file ne remonte vers aucune autre.
desk-one-pane = Il n'y a qu'un volet : j et k le font défiler.
desk-other-desk = Un autre de vos postes est ouvert ({ $desk }). Prendre le relais ?
desk-other-desk-keys = Entrée prend le relais ; l'autre envoie ce qu'il retient et se ferme · q quitte
desk-page-keys = j, k, Espace défilent · Échap quitte
desk-page-keys-read = j, k, Espace défilent · Entrée : lu · Échap quitte
desk-passed = Rendu.
desk-question = Encore une fois
desk-question-keys = Entrée : oui · Échap : non
desk-question-letter = { $key } ou Entrée : oui · Échap : non
desk-reverse-ask = { $what } { $item } est déjà parti. L'annuler ?
desk-reverse-does = L'annulation est enregistrée et liée, et l'élément vous revient.
desk-reversed = annulé : { $item }
desk-reversing = L'annulation est en route.
desk-rounds = tours précédents
desk-taken-out = retiré du brouillon
desk-too-soon-client = Trop tôt : un élément d'un autre client venait d'apparaître.
desk-undone = repris : { $item }
desk-undone-lost = Repris, mais { $item } est maintenant chez quelqu'un d'autre.
desk-unfinished = { $what } (inachevé)
desk-sum-held = retenu
desk-sum-media =
    { $n ->
        [one] { $n } média
       *[other] { $n } médias
    }
desk-sum-online = en ligne
desk-sum-posts =
    { $n ->
        [one] { $n } message
       *[other] { $n } messages
    }
desk-sum-removed = { $n } retirés
desk-sum-times = ×{ $n }
desk-sum-views =
    { $n ->
        [one] { $n } lecture
       *[other] { $n } lectures
    }
desk-sum-words =
    { $n ->
        [one] { $n } mot
       *[other] { $n } mots
    }
