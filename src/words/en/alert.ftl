# Imminent harm. These words stay on the screen until somebody has taken the alert.

alert-ask = ALERT: what is about to happen? It goes out at once.
alert-suicide = suicide
    .doc = somebody may kill themselves
alert-threat = threat
    .doc = somebody is threatened
alert-attack = attack
    .doc = an attack is planned
alert-child = child
    .doc = a child is in danger
alert-sending = ALERT { $kind } on { $item }: sending
alert-sent = ALERT { $kind } on { $item }: sent { $time }, nobody has taken it yet
alert-not-sent = ALERT { $kind } NOT SENT: ring { $call } · { $item }
alert-not-sent-nobody = ALERT { $kind } NOT SENT: tell your supervisor by voice, this client has no call list · { $item }
alert-taken = ALERT { $kind } on { $item }: taken by { $who } { $time }
alert-withdrawn = ALERT { $kind } on { $item }: withdrawn; the trace stays
alert-more = More, if you know it: { $keys }
alert-plan = a plan
alert-time = a time
alert-place = a place
alert-note = a note
alert-hide = hide the content
alert-keep = keep the content online
alert-crisis-reply = the crisis reply
alert-break-offered = You may take a break now: { $key }
alert-open =
    { $n ->
        [one] 1 alert open
       *[other] { $n } alerts open
    }
