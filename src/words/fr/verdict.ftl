# What ends an item in its round. `.done` is the same once it is decided.

verdict-approve = accepter
    .done = accepté
verdict-delete = retirer
    .done = retiré
verdict-restrict = restreindre
    .done = restreint
verdict-escalate = escalader
    .done = escaladé
