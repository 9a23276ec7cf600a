# What `restrict` does. The first letter of the key stands in the chooser.

measure-hide = masquer
    .done = masqué
    .doc = seul l'auteur le voit
measure-remove_part = retirer une partie
    .done = retiré en partie
    .doc = une partie disparaît
measure-ask_correction = demander une correction
    .done = correction demandée
    .doc = l'auteur est prié de corriger
measure-age_limit = limite d'âge
    .done = réservé aux adultes
    .doc = adultes seulement
measure-demote = déclasser
    .done = déclassé
    .doc = montré moins souvent
measure-lock = verrouiller
    .done = verrouillé
    .doc = plus de réponses
