# The state of the line to the queue.

line-connected = ● connected
line-slow = ● slow { $ms } ms
line-down = ○ offline since { $time }
line-unreachable = The queue cannot be reached: { $why }.
line-broke = The line broke in the middle of a call: { $why }.
line-busy = The queue asks to wait a little.
line-local = ● this machine
line-unsent =
    { $n ->
        [one] 1 unsent
       *[other] { $n } unsent
    }
line-kept = Decisions are kept here and leave when the line is back.
line-waits = All that was fetched is decided. The next item comes when the line is back.
line-back = The line is back.
line-other-desk = Another desk of yours is open since { $time }: { $desk }. Take over?
line-taken-over = Another desk of yours has taken over. What was held is sent.
line-signed-out = You are signed out: run `moddesk login`.
