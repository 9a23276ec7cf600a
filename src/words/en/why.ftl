# Why nothing is served.

why-empty = Nothing waits. New items come by themselves.
why-leased = What waits is with colleagues.
why-paused = The queues are paused.
why-not_for_you = What waits is not for you: passed, your own, another language or a higher level.
why-wellbeing = What waits is harder than your day allows now.
why-fetching = Fetching the next item.
