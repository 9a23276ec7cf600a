# What ends an item in its round. `.done` is the same once it is decided.

verdict-approve = approve
    .done = approved
verdict-delete = delete
    .done = deleted
verdict-restrict = restrict
    .done = restricted
verdict-escalate = escalate
    .done = escalated
