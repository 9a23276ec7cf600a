# What became of a decision that was sent.

outcome-recorded = recorded
outcome-already_recorded = was already recorded
outcome-conflict = somebody else was first
outcome-conflict-by = { $who } was first: { $what }
outcome-leased = somebody else has it now
outcome-stale_revision = it was edited meanwhile
outcome-superseded = a later decision stands
outcome-not_leased = it was never yours to decide
outcome-refused = refused: { $why }
outcome-listed =
    { $n ->
        [one] 1 decision could not be recorded: { $key } lists it
       *[other] { $n } decisions could not be recorded: { $key } lists them
    }
outcome-one = { $what } { $item }: { $why }
outcome-recovered =
    { $n ->
        [one] From last time: 1 decision sent.
       *[other] From last time: { $n } decisions sent.
    }
outcome-recovered-impossible =
    { $n ->
        [one] From last time: 1 decision has become impossible.
       *[other] From last time: { $n } decisions have become impossible.
    }
