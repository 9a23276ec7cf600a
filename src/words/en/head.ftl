# The line at the top: client first, then the day.

head-client = { $client } › { $queue }
head-charter = charter { $version }
head-charter-new = charter { $version } (new { $time })
head-break-about = break about { $time }
head-messages = { $key } { $n } to read
head-no-break = no break ahead
head-waiting =
    { $n ->
        [one] 1 waiting
       *[other] { $n } waiting
    }
head-overtime = overtime since { $time }
head-demo = DEMO: nothing is kept
head-demo-filled = The queue was empty: it now holds the demo items.
head-weakened = The wellbeing rules are weaker than shipped: { $why }
