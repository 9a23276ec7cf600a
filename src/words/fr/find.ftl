# Finding in item and context.

find-ask = Chercher
find-hits =
    { $n ->
        [one] { $n } endroit
       *[other] { $n } endroits
    }
find-at = { $at } sur { $n }
find-none = « { $what } » n'y est pas.
find-again = Cherchez d'abord quelque chose : { $key }
