# The supervisor's dashboard.

watch-title = supervision
watch-sum = { $people } at work · { $waiting } waiting · { $late } late
watch-first = Looking at the house for the first time.
watch-queues = queues
watch-people = people
watch-hands = in hands
watch-threads = threads
watch-alerts = alerts
watch-found = found
watch-col-queue = queue
watch-col-waiting = waits
watch-col-leased = held
watch-col-oldest = oldest
watch-col-due = 15 min
watch-col-overdue = late
watch-col-pace = in→out
watch-col-hour = last hour
watch-col-removed = removed
watch-col-outlook = outlook
watch-empty = empty
watch-empty-at = empty { $time }
watch-grows = grows
watch-stands = stands still
watch-late-now = late now
watch-late-at = late { $time }
watch-lacks = lacks { $n }
watch-paused = paused
watch-paused-because = paused: { $why }
watch-takes-all = takes all
watch-takes-light = takes light
watch-takes-break = on break
watch-takes-back = back at { $time }
watch-takes-offline = offline
watch-nobody =
    { $n ->
        [one] { $queue }: 1 item that nobody can take now
       *[other] { $queue }: { $n } items that nobody can take now
    }
watch-at-risk = { $queue }: late { $time } at this pace
watch-late =
    { $n ->
        [one] { $queue }: 1 late or due
       *[other] { $queue }: { $n } late or due
    }
watch-unlike = { $queue }: removes { $share } today, unlike usual
watch-webhook =
    { $n ->
        [0] webhook { $name }: nothing gets through
        [one] webhook { $name }: 1 message does not get through
       *[other] webhook { $name }: { $n } messages do not get through
    }
watch-webhook-off = webhook { $name } is turned off: nothing got through; an administrator resumes it
watch-alert = ALERT { $kind } on { $item }, by { $who } { $time }
watch-alert-ring = ring { $call }
watch-alert-nobody = no call list
watch-alert-taken = taken by { $who } { $time }
watch-down = No figures since { $time }: { $why }
watch-hand = { $who } since { $time }, due { $due }
watch-parked-asked = { $who } waits for an answer
watch-parked-colleague = { $who } waits for a colleague's answer
watch-parked-supervisor = { $who } waits for the supervisor's answer
watch-parked-call = { $who } waits for a call
watch-parked-answered = answered: { $who } decides
watch-stuck-nobody = nobody here may take it, since { $time }
watch-stuck-passed = all who may have handed it back, since { $time }
watch-thread = { $came } within the hour, { $waiting } waiting
watch-none-queues = There is no queue.
watch-none-people = Nobody works here yet.
watch-none-hands = Nothing is in anybody's hands, and nothing is stuck.
watch-none-threads = Nothing comes in numbers under one subject.
watch-none-alerts = No alert. All is well.
watch-none-found = Nothing found yet: { $key } searches.
watch-works = { $queues } · { $languages }
watch-all = all
watch-all-queues = all queues
watch-all-languages = all languages
watch-searching = looking for “{ $what }” … { $n } found
watch-searched = “{ $what }”: { $n } found
watch-covered = { $level }: covered; { $key } shows it
watch-item-state = { $state } in { $queue }, round { $round }
watch-state-waiting = waiting
watch-state-leased = in hands
watch-state-parked = parked for { $who }
watch-state-decided = decided
watch-state-withdrawn = withdrawn
watch-state-sealed = sealed
watch-ask-pause = Why is { $queue } paused?
watch-ask-priority = Priority of { $item }, -100 to 100?
watch-ask-deadline = Deadline of { $item }, as 17:30 or 45m from now?
watch-ask-reason = Why, in a sentence? It is kept and audited.
watch-ask-find = Find: an id, a link, words, author:, lang:, age:<2d …
watch-ask-assign = Queues of { $who }, commas between; nothing for all
watch-choose-move = Move { $item } to which queue?
watch-choose-verdict = Your decision on { $item }
watch-choose-measure = Which measure?
watch-choose-policy = Under which policy?
watch-enter = Enter does it, Esc leaves
watch-chooser-keys = a letter does it, or Enter on the marked line · Esc leaves
watch-no-row = There is nothing here to do that with.
watch-no-queue = Choose a queue first.
watch-no-item = Choose an item first.
watch-no-person = Choose somebody first.
watch-no-alert = No alert waits.
watch-not-held = { $item } is in nobody's hands.
watch-not-opened = Open an item first: { $key }
watch-not-a-number = A priority is a number from -100 to 100.
watch-not-a-time = Write a time, as 17:30, or 45m.
watch-needs-reason = It needs a reason.
watch-sending = …
watch-done-paused = { $queue } is paused.
watch-done-resumed = { $queue } is served again.
watch-done-moved = { $item } is in { $queue } now.
watch-done-priority = { $item }: priority { $n }
watch-done-deadline = { $item }: due { $time }
watch-done-released = { $item } waits again.
watch-done-decided = { $item }: your decision is recorded.
watch-done-assigned = { $who }: { $queues }
watch-done-acknowledged = You have taken the alert.
watch-quiet = Known: quiet until it has gone and come again.
watch-questions = questions
watch-notices = notices
watch-sum-asked =
    { $n ->
        [one] 1 question
       *[other] { $n } questions
    }
watch-question-due = due { $time }
watch-none-questions = Nobody waits for an answer.
watch-none-notices = No notice was sent of late: { $key } writes one.
watch-no-question = No question waits for an answer.
watch-to-questions = Choose a question here, then { $key } answers it.
watch-nothing-answered = No question was answered here that is not kept yet.
watch-item-question = Question
watch-choose-advice = What would you decide? Who asked decides.
watch-advice-none = words only, no advice
watch-choose-whom = A notice to whom?
watch-whom-client = everybody who works for { $client }
watch-whom-name = somebody by name
watch-choose-confirm = To { $to }: must it be confirmed?
watch-notice-confirm = must be confirmed before the next item
watch-notice-quiet = to be read, nothing waits for it
watch-notice-read = { $read } of { $all } have read it
watch-notice-gone = This notice is older than what is kept here.
watch-unread = not read by
watch-read-at = read { $when }
watch-ask-notice = Notice to { $to }
watch-needs-words = It needs words.
watch-nobody-named = Nobody here is called { $name }.
watch-done-answered = Answered. { $key } keeps it as a precedent.
watch-done-notified = Sent to { $to }.
watch-case-written = The case file is { $path }.
watch-case-failed = The case file could not be written: { $why }
watch-refused = Not done: { $why }
watch-item-decisions = Decisions
watch-item-history = History
watch-item-words = Content
watch-back-line = The line is back.
watch-happened-moved = moved
watch-happened-released = taken back from its holder
watch-happened-priority = priority { $n }
watch-happened-overridden = decided over the queue's head
watch-happened-asked = asked before deciding
watch-happened-answered = answered
watch-happened-alert = alert
watch-plain-begin = Enter says the figures again; help lists the words; quit leaves. Scrollback keeps what is read here.
watch-plain-unknown = “{ $what }” is no word of this screen; help lists them.
watch-plain-write = Write: { $how }
watch-plain-queue = { $queue } ({ $client }): { $waiting } waiting, { $leased } held, oldest { $oldest }, { $due } due in 15 min, { $late } late, { $came } in and { $left } out a minute, removed { $removed }: { $outlook }
watch-plain-question = Question { $number }, about { $item }: { $text }
watch-plain-answer = answer NUMBER WORDS, as questions numbers them
watch-plain-advise = advise NUMBER approve|escalate|delete POLICY|restrict MEASURE POLICY because WORDS
watch-plain-keep = keep
watch-plain-notices = notices NUMBER, as notices numbers them
watch-plain-notice = notice all|PERSON|CLIENT WORDS
watch-plain-open = open ITEM
watch-plain-show = show
watch-plain-move = move ITEM QUEUE
watch-plain-priority = priority ITEM NUMBER
watch-plain-deadline = deadline ITEM 17:30, or 45m
watch-plain-release = release ITEM
watch-plain-pause = pause QUEUE WHY
watch-plain-resume = resume QUEUE
watch-plain-assign = assign PERSON QUEUE, QUEUE
watch-plain-find = find FILTER
watch-plain-case = case ITEM
watch-plain-take = take NUMBER, as alerts lists them
watch-plain-decide = decide approve|escalate|delete POLICY|restrict MEASURE POLICY because WHY
watch-plain-searched = That is all of “{ $what }”.
watch-plain-help-look = queues, people, hands, threads, alerts: what there is
watch-plain-help-alert = take [NUMBER]: take an alert
watch-plain-help-open = open ITEM, show, decide VERDICT … because WHY: one item
watch-plain-help-item = move, priority, deadline, release, case ITEM …: act on an item
watch-plain-help-questions = questions: open ones; answer NUMBER WORDS, advise NUMBER VERDICT because WORDS, keep: the last as a precedent
watch-plain-help-notices = notices [NUMBER]: who has read them; notice WHOM WORDS: to be confirmed; tell WHOM WORDS: to be read
watch-plain-help-house = pause QUEUE WHY, resume QUEUE, assign PERSON QUEUES: act on the house
watch-plain-help-find = find FILTER: id, link, words, author:, lang:, age:<2d · quit
