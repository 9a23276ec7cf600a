# Demander avant de décider.

doubt-ask = Doute : demander à qui ?
doubt-colleague = un collègue
    .doc = quiconque peut traiter de tels contenus
doubt-supervisor = le superviseur
    .doc = répond ici
doubt-call = appelez-moi
    .doc = le superviseur vous téléphone
doubt-title = question ({ $whom }) · le contenu vous reste, le délai court
doubt-title-answer = réponse à { $who }
doubt-empty = Une question demande des mots.
doubt-empty-answer = Une réponse demande des mots.
doubt-asked = Demandé. { $item } vous est gardé ; la réponse arrive sur { $key }.
doubt-answered = Répondu.
doubt-kept = Gardé comme précédent.
doubt-dropped = Ce n'est plus un précédent.
doubt-no-answer = Personne n'a encore répondu : un précédent demande une réponse.
doubt-taking = Repris : il vient ensuite.
doubt-not-taken = { $item } n'a pas pu être repris : quelqu'un d'autre l'a, ou il est décidé.
doubt-not-parked = Il n'est plus gardé : entre d'autres mains, en attente dans la file, ou décidé.
doubt-only = Seulement sur une question.
