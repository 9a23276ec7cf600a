# Who reported an item, and why it was.

report-user = user
report-trusted_flagger = trusted flagger
report-classifier = classifier
report-order = authority's order
report-times = reported ×{ $n }
report-times-why = reported ×{ $n } ({ $reasons })
report-none = not reported
report-by = { $who }: { $reason }
