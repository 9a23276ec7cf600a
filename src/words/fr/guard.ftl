# Refusals that protect from the wrong finger. Each says why and what to do.

guard-too-early = Trop tôt : le contenu venait d'apparaître.
guard-held-key = La touche est restée enfoncée : une fois suffit.
guard-not-there-yet = Le prochain contenu n'est pas encore là ; cette touche n'a rien fait.
guard-after-approve = Trop tôt après { $key } : appuyez encore.
guard-not-seen = pas vu : { $open } pour ouvrir, ou { $approve } encore
guard-unbound = { $key } ne fait rien ici · { $help } pour les touches
guard-unbound-capital = { $key } ne fait rien ici. Verr. Maj. est-il actif ?
guard-pending = { $keys } …
guard-pasted =
    { $n ->
        [one] { $n } caractère collé ignoré : aucune zone de texte n'est ouverte
       *[other] { $n } caractères collés ignorés : aucune zone de texte n'est ouverte
    }
guard-not-allowed = { $action } n'est pas permis dans { $queue }.
guard-grave = { $item } sera retiré pour { $policy }, une règle grave. { $key } encore pour confirmer, Échap pour sortir.
guard-grave-does = Ce que cela fera : { $what }
guard-no-letter = Aucune règle n'a la lettre { $letter }.
guard-decided = Ce contenu n'est plus à vous ; la touche n'a rien fait.
guard-confirm-notice = Lisez d'abord la consigne : Entrée la confirme.
guard-blank-left =
    { $n ->
        [one] { $n } blanc dans la réponse : non envoyée
       *[other] { $n } blancs dans la réponse : non envoyée
    }
guard-sealed = C'est scellé : cela ne s'affiche jamais.
guard-break-runs = Pas pendant une pause.
guard-no-item = Aucun contenu à l'écran.
