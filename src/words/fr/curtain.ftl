# Everything is blank.

curtain-closed = Le rideau est baissé. { $key } le relève.
curtain-word = Le mot de passe le relève :
curtain-wrong = Ce n'est pas le bon mot.
curtain-released = Ce qui n'était pas décidé est retourné dans la file.
