# Why an item is here, where no report says it.

rule-why-here = pourquoi ici
rule-reported =
    { $n ->
        [one] { $n } signalement
       *[other] { $n } signalements
    }
rule-score = { $name } { $percent }
rule-premoderated = vérifié avant publication
rule-escalated = escaladé par { $who } : { $note }
rule-escalated-plain = escaladé par { $who }
rule-reversed = décidé puis annulé
rule-new-revision = modifié depuis la dernière décision
rule-queue = tout { $queue }
