# The palette.

palette-ask = What would you like to do?
palette-none = No command matches.
palette-filter = filter
palette-choose-policy = { $action }: which policy?
palette-choose-measure = Which measure?
palette-choose-queue = Escalate to which queue?
palette-no-key = no key
