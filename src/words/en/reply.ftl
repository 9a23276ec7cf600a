# An answer in the client's name.

reply-title = reply · { $visibility }
reply-title-template = reply · { $visibility } · template { $template }
reply-public = PUBLIC
reply-private = PRIVATE
reply-blanks =
    { $n ->
        [one] 1 blank: not sent
       *[other] { $n } blanks: not sent
    }
reply-left =
    { $n ->
        [one] 1 character left
       *[other] { $n } characters left
    }
reply-too-long =
    { $n ->
        [one] 1 character too many
       *[other] { $n } characters too many
    }
reply-templates = Templates
reply-no-templates = This client has no templates; write freely.
reply-kept = reply kept with the draft; a verdict sends it
reply-emptied = reply taken out
