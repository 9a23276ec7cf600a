# Everything is blank.

curtain-closed = Le rideau est baissé. N'importe quelle touche le relève.
curtain-word = Le rideau est baissé. Tapez son mot, puis Entrée.
curtain-wrong = Ce n'est pas le bon mot.
curtain-released = Ce qui n'était pas décidé est retourné dans la file.
