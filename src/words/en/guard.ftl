# Refusals that protect from the wrong finger. Each says why and what to do.

guard-too-early = Too early: the item had just appeared.
guard-held-key = The key was held down: once is enough.
guard-not-there-yet = The next item is not here yet; that key did nothing.
guard-after-approve = Too soon after { $key }: press it again.
guard-not-seen = not seen: { $open } to open, or { $approve } again
guard-unbound = { $key } does nothing here · { $help } for the keys
guard-unbound-capital = { $key } does nothing here. Is Caps Lock on?
guard-pending = { $keys } …
guard-pasted =
    { $n ->
        [one] 1 pasted character ignored: nothing is open to write in
       *[other] { $n } pasted characters ignored: nothing is open to write in
    }
guard-not-allowed = { $action } is not allowed in { $queue }.
guard-grave = This deletes { $item } under { $policy }, a grave policy. { $key } again to do it, Esc to leave.
guard-grave-does = What it will do: { $what }
guard-no-letter = No policy has the letter { $letter }.
guard-decided = This item is no longer yours; the key did nothing.
guard-confirm-notice = Read the notice first: Enter confirms it.
guard-blank-left =
    { $n ->
        [one] 1 blank in the reply: not sent
       *[other] { $n } blanks in the reply: not sent
    }
guard-sealed = It is sealed: it is never shown.
guard-break-runs = Not during a break.
guard-no-item = There is no item on screen.
