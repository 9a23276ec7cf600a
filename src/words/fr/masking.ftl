# How much of an item is shown. No message may say that it protects anybody.

masking-0 = texte entier
masking-1 = mots masqués
masking-2 = phrases masquées
masking-3 = résumé seul
masking-4 = métadonnées seules
masking-level = masquage { $level } : { $name }
masking-words =
    { $n ->
        [one] { $n } mot masqué
       *[other] { $n } mots masqués
    }
masking-open-hint = { $key } ouvrir
masking-covered-again = recouvert · { $key } ouvrir
masking-opened = ouvert
masking-summary-who = qui
masking-summary-target = cible
masking-summary-act = acte
masking-summary-policy = règle
masking-summary-terms = termes
masking-level-notice = niveau { $level }, { $name }
