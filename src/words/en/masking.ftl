# How much of an item is shown. No message may say that it protects anybody.

masking-0 = full text
masking-1 = words masked
masking-2 = sentences masked
masking-3 = summary only
masking-4 = metadata only
masking-level = masking { $level }: { $name }
masking-words =
    { $n ->
        [one] 1 word masked
       *[other] { $n } words masked
    }
masking-open-hint = { $key } opens
masking-covered-again = covered again · { $key } opens
masking-opened = open
masking-summary-who = who
masking-summary-target = target
masking-summary-act = act
masking-summary-policy = policy
masking-summary-terms = terms
masking-level-notice = level { $level }, { $name }
