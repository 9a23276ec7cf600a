# How a lease was lost.

lost-expired = le délai est passé
lost-leased = quelqu'un d'autre l'a
lost-decided = quelqu'un l'a décidé
lost-withdrawn = la plateforme l'a retiré
lost-new_revision = une révision plus récente attend
lost-moved = un superviseur l'a déplacé
lost-sealed = il a été scellé
lost-not_leased = il n'était pas à vous
lost-line = { $item } : { $why }
