# Le poste ligne à ligne, pour l’oreille : des phrases entières, aucun signe lu à voix haute.

plain-scrollback = Poste en texte simple : ce qui est lu ici reste dans l’historique de votre terminal après le service.
plain-help-hint = Tapez ? pour l’aide. Une ligne vide ne décide rien.
plain-prompt = À vous :
plain-prompt-break = Pause :
plain-prompt-enter = Entrée :
plain-prompt-question = Oui ou non :
plain-empty = Une ligne vide ne décide rien. Tapez ? pour l’aide, ou un point pour réentendre l’élément.
plain-unknown = { $what } n’est pas une commande ici. Tapez ? pour l’aide.
plain-typed-ahead = Tapé d’avance : c’est arrivé avant que ceci soit dit, rien n’a été fait. Tapez-le de nouveau.
plain-typed-twice = Tapé deux fois de suite : une fois suffit.
plain-question = Tapez oui, ou la même ligne, pour le faire. Toute autre réponse ne le fait pas.
plain-not-done = Ce n’est pas fait.
plain-nothing-asked = Rien n’était demandé.
plain-agree-ask = Les éléments durs ne viennent que si vous acceptez de nouveau. Tapez oui pour accepter, non pour continuer sans eux.
plain-agreed = Accepté. Des éléments durs peuvent revenir.
plain-held = { $what } : { $item }. Départ à { $time } ; u pour annuler.
# Se dit des milliers de fois par poste : l'identifiant et l'heure ne sont que dans « held ».
plain-held-short = { $what } ; u pour annuler.
plain-undone = annulé
plain-done-under = { $what } pour { $policy }
plain-named = { $name } : { $text }
plain-title = titre
plain-live = en direct
plain-overdue = en retard depuis { $time }
plain-online = en ligne
plain-online-since = en ligne depuis { $length }
plain-reported =
    { $n ->
        [one] signalé une fois
       *[other] signalé { $n } fois
    }
plain-times =
    { $n ->
        [one] une fois
       *[other] { $n } fois
    }
plain-alike =
    { $n ->
        [one] même texte { $what } une fois auparavant
       *[other] même texte { $what } { $n } fois auparavant
    }
plain-masked =
    { $n ->
        [one] [masqué, 1 mot]
       *[other] [masqué, { $n } mots]
    }
plain-masked-as =
    { $n ->
        [one] [{ $what }, 1 mot]
       *[other] [{ $what }, { $n } mots]
    }
plain-covered =
    { $n ->
        [one] 1 mot est masqué ; o pour l’ouvrir.
       *[other] { $n } mots sont masqués ; o pour les ouvrir.
    }
plain-covered-all = Couvert : { $name } ; o pour ouvrir.
plain-a-note = une note
plain-reply-public = Réponse publique gardée avec le brouillon ; un verdict l’envoie.
plain-reply-private = Réponse privée gardée avec le brouillon ; un verdict l’envoie.
plain-say-policy = Quelle règle ? { $choices }.
plain-say-measure = Quelle mesure, puis quelle règle ? { $choices }.
plain-say-queue = Vers quelle file ? { $choices }.
plain-say-pass = Pourquoi ? { $choices }.
plain-say-grade = Quelle gravité ? { $choices }.
plain-say-insight = Dites le sujet, précédé si vous voulez de sa sorte et d’un deux-points, et les mots de l’auteur après un point-virgule. Sortes : { $choices }.
plain-say-department = Vers quel service ? { $choices }.
plain-say-like = Aimer ou partager ? { $choices }.
plain-say-sanction = Quelle sanction, et pour combien d’heures ? { $choices }.
plain-say-label = Quelle étiquette ?
plain-say-alert = Que va-t-il se passer ? L’alerte part aussitôt. { $choices }.
plain-alert-more = Si vous en savez plus, tapez alerte et : plan, heure, lieu, note et vos mots, garder pour garder le contenu comme preuve, ou retirer.
plain-curtain = Le rideau est baissé : plus rien n’est dit. Toute ligne ramène l’élément.
plain-curtain-word = Le rideau est baissé : plus rien n’est dit. Le mot du rideau ramène l’élément.
plain-away = Rien n’a été tapé depuis un moment : l’élément est retourné dans la file. Appuyez sur Entrée quand vous êtes de retour.
plain-break-until = Elle dure jusqu’à { $time }. D’ici là, seuls l’aide, q et les alertes répondent.
plain-break-own = Toute ligne ramène au travail. Vous pouvez dire ce que c’est, sans obligation : l déjeuner, m réunion, t technique.
plain-break-over = La pause est finie. Appuyez sur Entrée quand vous voulez.
plain-break-over-now = Attention.
plain-refused-listed = Tapez refusés pour entendre ce qui n’a pas pu être enregistré, et lu ensuite.
plain-refused-read = Tapez lu quand vous les avez lus.
plain-other-desk = Tapez oui pour prendre la main ; l’autre poste envoie ce qu’il retient et se ferme. Tapez q pour partir.
plain-summary = Appuyez sur Entrée pour partir, tapez n et vos mots pour laisser une note au service suivant, ou retour pour continuer.
plain-spell-covered = C’est couvert ; o pour ouvrir d’abord.
plain-spelled = Mot { $word } : lettre { $script } { $code }, ressemble à { $like }.
plain-spelled-mark = Mot { $word } : caractère invisible { $name }, { $code }.
plain-spelled-none = Toutes les lettres sont ce qu’elles semblent être.
plain-script-latin = latine
plain-script-odd-latin = latine inhabituelle
plain-script-greek = grecque
plain-script-cyrillic = cyrillique
plain-script-armenian = arménienne
plain-script-other = étrangère
plain-help-decide = Pour décider : a accepter ; d et une règle, retirer ; m, une mesure et une règle ; e escalader ; p et une raison, passer ; u annuler.
plain-help-gather = Avec le verdict : r et vos mots, réponse publique ; privé et vos mots ; modèle, une réponse préparée ; n note ; i insight ; f transmettre ; l aimer ; partager ; s sanction ; étiquette ; g et un niveau, gravité.
plain-help-look = Pour lire : point répète ; o ouvre ce qui est masqué ; v sujet et fil, V prend le fil dans l'ordre ; b dit ce qui va ensemble ; h auteur ; k détails ; c charte, c et une règle pour son texte ; barre oblique et des mots cherche ; épeler nomme les lettres trompeuses ; M niveau de masquage.
plain-help-ask = Demander : w, à qui, et votre question ; W donne les réponses, les questions et les consignes.
plain-say-doubt = Dites w, à qui, et votre question : { $choices }
plain-say-messages = Dites W et un numéro pour en entendre un ; après le numéro : répondre et vos mots, reprendre, ou garder. W et des mots trouvent les précédents.
plain-help-day = La journée : B pause ; x rideau ; retenus ; refusés ; journée pour votre page ; sujets et un règlement que vous ne prenez pas ; q fin de service.
plain-help-alert = Danger imminent : un point d’exclamation, ou alerte, et s suicide, t menace, a attaque ou c enfant. L’alerte part aussitôt.
plain-help-enter = Chaque commande est une ligne, en lettre ou en mot, en français ou en anglais. Ce que vous tapez avant qu’un élément soit dit est refusé.
plain-help-break = En pause : q finit le service, alerte dit où en sont vos alertes, point dit jusqu’à quand. Rien n’écourte une pause.
plain-say-template = Dites modèle et un numéro ou un nom : { $choices }. Dites modèle et un point d'interrogation pour les questions.
plain-template-blanks = { $text } Pas encore gardée. Dites modèle { $code }, puis après des points-virgules : { $blanks }
plain-template-asks = { $question } { $choices }. Dites modèle ? { $walked } et la lettre.
plain-say-batch = b et l'un de ceux-ci : { $choices }.
plain-batch-keys = suite dit les dix suivants, v et des numéros marque, V marque tout, puis un verdict ; retour ferme.
plain-batch-which = Dites lesquels, par exemple v 3 ou v 3-7.
plain-batch-first = Un lot est ouvert. retour le ferme.
plain-batch-closed = Le lot est fermé.
plain-no-batch = Aucun lot n'est ouvert.
plain-topics = Sujets : { $topics }
plain-topics-known = Sujets à retirer ou à reprendre : { $topics }
plain-checkin = Dites bilan et deux nombres de 1 à 5 : comment vous allez, et si c'était lourd.
