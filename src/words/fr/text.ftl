# Text boxes.

text-keys = { $done } garde · Échap sort sans rien écrire
text-keys-lines = { $done } garde · Entrée va à la ligne · Échap sort sans rien écrire
text-too-long = C'est trop long : { $n } au plus.
text-left = Sorti ; rien n'a été écrit.
