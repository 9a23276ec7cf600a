# Items that belong together.

batch-title =
    { $n ->
        [one] batch: 1 item · { $by }
       *[other] batch: { $n } items · { $by }
    }
batch-ask = What belongs together?
batch-author = same author
batch-text = same text
batch-alike = nearly the same text
batch-link = same link
batch-thread = same thread
batch-marked =
    { $n ->
        [one] 1 marked
       *[other] { $n } marked
    }
batch-elsewhere =
    { $n ->
        [one] 1 is with colleagues
       *[other] { $n } are with colleagues
    }
batch-left-out =
    { $n ->
        [one] 1 of level 3 or more left out
       *[other] { $n } of level 3 or more left out
    }
batch-not-reported = not reported
batch-alone = Nothing belongs with this item.
batch-nothing-marked = Mark something first: { $one } one, { $all } all.
batch-will-do =
    { $n ->
        [one] { $what } 1 item of { $whose }
       *[other] { $what } { $n } items of { $whose }
    }
batch-confirm = { $key } again to do it, Esc to leave
batch-not-recorded =
    { $n ->
        [one] 1 of the batch could not be recorded
       *[other] { $n } of the batch could not be recorded
    }
