# Finding in item and context.

find-ask = Find
find-hits =
    { $n ->
        [one] 1 place
       *[other] { $n } places
    }
find-at = { $at } of { $n }
find-none = “{ $what }” is not here.
find-again = Search for something first: { $key }
