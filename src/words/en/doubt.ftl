# Asking before deciding.

doubt-ask = Doubt: ask whom?
doubt-colleague = a colleague
    .doc = anybody who may work such items
doubt-supervisor = the supervisor
    .doc = answers here
doubt-call = please call me
    .doc = the supervisor rings you
doubt-title = question ({ $whom }) · the item is kept for you, its deadline runs on
doubt-title-answer = answer to { $who }
doubt-empty = A question needs words.
doubt-empty-answer = An answer needs words.
doubt-asked = Asked. { $item } is kept for you; the answer comes on { $key }.
doubt-answered = Answered.
doubt-kept = Kept as a precedent.
doubt-dropped = No precedent any more.
doubt-no-answer = Nobody has answered yet: a precedent needs an answer.
doubt-taking = Taking it up: it comes next.
doubt-not-taken = { $item } could not be taken up: somebody else has it, or it is decided.
doubt-not-parked = It is not kept any more: in somebody's hands, waiting in the queue, or decided.
doubt-only = Only on a question.
