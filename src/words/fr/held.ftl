# Decisions on their way.

held-label = retenu
held-line = { $what } { $item }, part à { $time } · { $key } annuler
held-sent-label = dernier
held-sent-line = { $what } { $item } · { $key } annuler
held-for-line = { $what } { $item }, part au retour de la ligne · { $key } annuler
held-more =
    { $n ->
        [one] et { $n } autre
       *[other] et { $n } autres
    }
held-batch =
    { $n ->
        [one] { $what }, lot de { $n }, part à { $time } · { $key } annuler
       *[other] { $what }, lot de { $n }, part à { $time } · { $key } annuler
    }
held-undone = annulé : { $what } { $item }
held-reverse-offer = { $what } { $item } est déjà parti : { $key } encore une fois pour l'annuler
held-reversed = décision annulée : { $what } { $item }
held-nothing = Rien à annuler.
held-sealed = L'annulation rétablit l'état du contenu, pas le contenu.
