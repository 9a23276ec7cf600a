# The week of a client, in figures.

week-head = { $client }: week { $week }
week-line = { $name }: { $value }
week-nothing = Nothing was decided in this week.
week-decided = decided
week-refused = refused
week-reversals = decisions taken back
week-median = median time to a decision
week-in-time = decided within the deadline
week-hours = hours in front of items, all together
week-hours-few = not given, as fewer than three people worked
week-policies = Refused, by policy
week-channels = By channel
week-channel = channel
week-no-channel = none named
week-hours-of-day = By hour of the day
week-alerts = Alerts
week-alert-open = still open
week-alert-taken = taken after { $after }
week-alert-withdrawn = taken back by its sender
