# Handing an item back. `not_for_me` is never explained and never asked about.

pass-ask = Passer : pourquoi ?
pass-language = langue
    .doc = je ne lis pas cette langue
pass-technical = technique
    .doc = ne s'affiche ou ne se lit pas
pass-conflict_of_interest = conflit d'intérêts
    .doc = je connais l'auteur ; ses contenus me seront fermés
pass-not_for_me = pas pour moi
    .doc = sans explication
pass-done = { $item } passé ({ $reason })
