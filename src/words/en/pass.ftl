# Handing an item back. `not_for_me` is never explained and never asked about.

pass-ask = Pass: why?
pass-language = language
    .doc = I do not read this language
pass-technical = technical
    .doc = it cannot be shown or played
pass-conflict_of_interest = conflict of interest
    .doc = I know the author; shuts that author's items to me
pass-not_for_me = not for me
    .doc = no explanation needed
pass-done = passed { $item } ({ $reason })
