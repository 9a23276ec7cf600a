# What goes with a verdict, and the draft it gathers on.

followup-reply = reply
followup-insight = insight
followup-note = note
followup-forward = forward
followup-like = like
followup-share = share
followup-sanction = sanction
followup-label = label
followup-doubt = question
followup-alert = alert
followup-composed = composed
followup-composed-line = { $what } · no verdict yet: { $keys } sends it all; Enter sends nothing
followup-reply-public = public reply
followup-reply-private = private reply
followup-forward-to = forward to { $department }
followup-like-chooser = Like, share
followup-label-ask = Label
followup-forward-ask = Forward to which department?
followup-none-configured = This client has no department to forward to; add one under [clients] in the configuration.
followup-dropped = { $what } taken out of the draft
followup-kept = A draft for { $item } is kept and comes back with it.
followup-offered = You had begun a draft for this item: { $what }
