# How a lease was lost.

lost-expired = its time ran out
lost-leased = somebody else has it
lost-decided = somebody has decided it
lost-withdrawn = the platform withdrew it
lost-new_revision = a newer revision waits
lost-moved = a supervisor moved it
lost-sealed = it was sealed
lost-not_leased = it was never yours
lost-line = { $item }: { $why }
