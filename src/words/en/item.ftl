# The item's screen.

item-online = ONLINE
item-online-since = ONLINE { $length }
item-held-back = held back
item-unknown = online: unknown
item-live = LIVE
item-views =
    { $n ->
        [one] 1 view
       *[other] { $n } views
    }
item-likes =
    { $n ->
        [one] 1 like
       *[other] { $n } likes
    }
item-shares =
    { $n ->
        [one] 1 share
       *[other] { $n } shares
    }
item-subject = under “{ $title }”
item-no-subject = stands alone
item-revision = revision { $n }
item-round = round { $n }
item-lang-guessed = { $lang } (guessed)
item-author = author
item-joined = joined { $when }
item-posts =
    { $n ->
        [one] 1 post
       *[other] { $n } posts
    }
item-removed = { $n } removed
item-followers =
    { $n ->
        [one] 1 follower
       *[other] { $n } followers
    }
item-new-author = first item of this author here
item-last-decision = last: { $what }, { $ago }
item-alike = alike: { $what }
item-alike-times =
    { $n ->
        [one] { $what }, once
       *[other] { $what }, { $n } times
    }
item-decided-before = decided before, alike
item-thread-of =
    { $n ->
        [one] thread of 1
       *[other] thread of { $n }
    }
item-thread-removed =
    { $n ->
        [one] 1 removed
       *[other] { $n } removed
    }
item-this-one = this one
item-due = due { $time }
item-answer-due = answer due { $time }
item-overdue = OVERDUE since { $time }
item-no-due = no deadline
item-attributes = details
item-media =
    { $n ->
        [one] 1 medium
       *[other] { $n } media
    }
item-no-alt = no description
item-no-text = no text
item-source = source
item-license = licence
item-scores = scores
item-client-changes = The client changes: { $client }
item-policies-changed = Policies of { $client } changed to { $version }: Enter confirms that you have read it
item-copied-id = id copied
item-copied-link = link copied, defanged
item-no-link = This item has no link.
item-nothing-to-scroll = All of it is on screen.
item-translation-off = No translation is configured.
item-edited = Edited on the platform while you read: this is revision { $n }
item-withdrawn = { $item } was withdrawn by the platform
item-decided-elsewhere = { $item } was decided by { $who }: { $what }
item-taken-elsewhere = { $item } is now with { $who }
item-too-small = The screen is { $have }; the desk needs { $want }. Nothing is lost.
item-content-gone = The content is no longer kept.
