# Why an item is here, where no report says it.

rule-why-here = why here
rule-reported =
    { $n ->
        [one] 1 report
       *[other] { $n } reports
    }
rule-score = { $name } { $percent }
rule-premoderated = checked before it goes online
rule-escalated = escalated by { $who }: { $note }
rule-escalated-plain = escalated by { $who }
rule-reversed = decided before, taken back
rule-new-revision = edited since it was last decided
rule-queue = all of { $queue }
