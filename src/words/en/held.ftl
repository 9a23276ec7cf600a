# Decisions on their way.

held-label = held
held-line = { $what } { $item }, leaves { $time } · { $key } takes it back
held-sent-label = last
held-sent-line = { $what } { $item } · { $key } undoes it
held-for-line = { $what } { $item }, leaves when the line is back · { $key } takes it back
held-more =
    { $n ->
        [one] and 1 more
       *[other] and { $n } more
    }
held-batch =
    { $n ->
        [one] { $what }, batch of 1, leaves { $time } · { $key } takes it back
       *[other] { $what }, batch of { $n }, leaves { $time } · { $key } takes it back
    }
held-undone = taken back: { $what } { $item }
held-reverse-offer = { $what } { $item } was already sent: { $key } again reverses it
held-reversed = reversed: { $what } { $item }
held-nothing = Nothing to take back.
held-sealed = Taking it back restores the item's state, not its content.
