# Who reported an item, and why it was.

report-user = utilisateur
report-trusted_flagger = signaleur de confiance
report-classifier = classifieur
report-order = injonction
report-times = signalé { $n }×
report-times-why = signalé { $n }× ({ $reasons })
report-none = non signalé
report-by = { $who } : { $reason }
