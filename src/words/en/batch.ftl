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
batch-looking = Looking for what belongs together…
batch-items =
    { $n ->
        [one] 1 item
       *[other] { $n } items
    }
batch-beside =
    { $n ->
        [one] 1 alike ({ $key })
       *[other] { $n } alike ({ $key })
    }
batch-marked-reported = { $n } marked; { $rest } not reported stay unmarked
batch-unseen =
    { $n ->
        [one] 1 of them was never on screen
       *[other] { $n } of them were never on screen
    }
batch-stays =
    { $n ->
        [one] 1 that is not marked goes back to the queue
       *[other] { $n } that are not marked go back to the queue
    }
batch-stays-unreported =
    { $n ->
        [one] of those 1 was not reported
       *[other] of those { $n } were not reported
    }
batch-beyond =
    { $n ->
        [one] 1 more waits beyond this batch
       *[other] { $n } more wait beyond this batch
    }
batch-more-authors =
    { $n ->
        [one] 1 more author
       *[other] { $n } more authors
    }
batch-undone =
    { $n ->
        [one] taken back: batch of 1
       *[other] taken back: batch of { $n }
    }
batch-reverse-ask =
    { $n ->
        [one] The batch of 1 ({ $what }) was already sent.
       *[other] The batch of { $n } ({ $what }) was already sent.
    }
