# Checking a keymap. Each mistake stands behind its file and line.

keys-at = { $file }:{ $line } : { $what }
keys-syntax = { $what }
keys-not-a-key = `{ $key }` n'est pas une touche ; écrivez un caractère, ou ctrl-x, alt-x, shift-tab, space, enter, esc, up, pagedown, f1
keys-not-a-context = `[{ $name }]` n'est pas un lieu où les touches ont un sens ; il y a : { $known }
keys-not-a-setting = `{ $name }` n'est ni `inherit` ni une table de touches
keys-not-a-binding = `{ $key }` doit être le nom d'une commande entre guillemets, ou false pour la délier
keys-not-a-keymap = il n'y a pas de clavier `{ $name }` ; écrivez default, azerty, vim, one-hand, ou le chemin d'un fichier
keys-unreadable = le fichier est illisible ({ $why })
keys-circle = `inherit` tourne en rond
keys-unknown = `{ $command }` n'est pas une commande
keys-unknown-near = `{ $command }` n'est pas une commande ; vouliez-vous dire `{ $near }` ?
keys-elsewhere = `{ $command }` ne fait rien dans [{ $context }] ; sa place est dans { $known }
keys-conflict = `{ $key }` est déjà liée à `{ $other }` à la ligne { $line }
keys-shadowed = `{ $key }` ne peut jamais être atteinte : `{ $shorter }`, ligne { $line }, agit d'abord
keys-arrives = `{ $key }` ne peut jamais être atteinte : un terminal envoie `{ $as }` à sa place
keys-never-sent = `{ $key }` ne peut jamais être atteinte : un terminal ne l'envoie pas
keys-ambiguous = `{ $key }` n'est pas fiable : elle commence une séquence d'échappement
keys-typed = `{ $key }` ne peut jamais être atteinte : dans [{ $context }] elle s'écrit comme du texte
keys-escape = `esc` sort et n'écrit jamais rien : elle ne peut être liée qu'à `screen.leave`
keys-needed = {"["}{ $context }] n'a pas de touche pour `{ $command }`, qui doit toujours être accessible
keys-nothing-unbound = `{ $key }` n'était pas liée ; rien à délier
keys-lost = {"["}{ $context }] n'a plus de touche pour `{ $command }` ; elle reste dans la palette
keys-fine = { $file } : aucune erreur
keys-column-key = touche
keys-column-command = commande
keys-column-does = effet
