# The day's one question. It is the moderator's own, and passing is normal.

checkin-mood = how are you?
checkin-mood-1 = badly
checkin-mood-2 = not so well
checkin-mood-3 = so-so
checkin-mood-4 = well
checkin-mood-5 = very well
checkin-load = how heavy was it?
checkin-load-1 = light
checkin-load-2 = rather light
checkin-load-3 = as usual
checkin-load-4 = heavy
checkin-load-5 = very heavy
checkin-kept = Kept on this machine, for you alone: `moddesk me check-ins`.
checkin-off = The check-in is off: [desk] check_in turns it on.
checkin-offer = { $key }: check-in, for you alone; not answering is fine
