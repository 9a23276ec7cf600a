# The break screen: one plain sentence on why, and quiet offers. No figures, no deadlines.

break-title = Break
break-run = You have seen several hard items in a row.
break-acute = You have seen a lot of hard content in a short time.
break-hourly = You have worked for close to an hour.
break-voluntary = You asked for a break. Nobody asks why.
break-other = A break is due.
break-pause = A short pause: nothing milder waits.
break-minutes-left =
    { $n ->
        [one] 1 minute left
       *[other] { $n } minutes left
    }
break-last-minute =
    { $n ->
        [one] 1 second left
       *[other] { $n } seconds left
    }
break-until = until { $time }
break-over = The break is over. Enter brings the next item, when you are ready.
break-not-over = The break lasts until { $time }; no key ends it early.
break-any-key = Any key returns to work.
break-say = You may say what it is, and need not: { $keys }
break-lunch = lunch
break-meeting = meeting
break-technical = technical
break-offer-look = Look at something far away for a while.
break-offer-stand = Stand up and move a little.
break-offer-drink = Have something to drink.
break-offer-talk = Talk with a colleague, about anything.
break-demo = In the demo breaks come early and are short.
break-due-after = A break is due after this item.
break-item-back = The item went back to the queue; your draft is kept.
break-item-waits = Your item stays yours until { $time }.
break-agree-title = You have seen a lot today.
break-agree-ask = Hard items come only if you agree anew. Enter agrees; Esc goes on without them.
break-cap = For the rest of this shift only mild items come.
break-breathe-in = breathe in
break-breathe-out = breathe out
break-help = If something stays with you: { $contacts }
break-breathe = Breathe slowly, if you like: in for 4 seconds, out for 6.
