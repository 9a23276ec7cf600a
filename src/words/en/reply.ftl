# An answer in the client's name.

reply-title = reply · { $visibility }
reply-title-template = reply · { $visibility } · { $template }
reply-public = PUBLIC
reply-private = PRIVATE
reply-blanks =
    { $n ->
        [one] 1 blank: not sent
       *[other] { $n } blanks: not sent
    }
reply-left =
    { $n ->
        [one] 1 more fits
       *[other] { $n } more fit
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
reply-only = That belongs to a reply: open one first.
reply-no-questions = This client has no questions to walk through.
reply-no-blanks = Nothing is left blank.
reply-questions = Questions
reply-picker-keys = type to search · Enter takes it
reply-preview = as it will be read
reply-from = from
reply-to = to
reply-read-by = read by
reply-edited = back from the editor; nothing is sent yet
reply-edited-late = The item has left meanwhile: what was written in the editor is not kept.
reply-editor-failed = The editor could not be used: { $why }
reply-unfinished = Reply not finished, not sent: { $reply } goes on; the same key decides without it.
reply-unfinished-blanks =
    { $n ->
        [one] Reply with 1 blank, not sent: { $reply } goes on; the same key decides without it.
       *[other] Reply with { $n } blanks, not sent: { $reply } goes on; the same key decides without it.
    }
