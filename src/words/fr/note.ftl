# A note for colleagues.

note-title = note · lue par les collègues, jamais par l'auteur
note-kept = note gardée avec le brouillon
note-emptied = note ôtée
