# The screen that opens the day.

shift-hello = Bonjour, { $name }.
shift-title = Votre service
shift-waiting =
    { $n ->
        [one] { $client } : { $n } contenu attend
       *[other] { $client } : { $n } contenus attendent
    }
shift-due-soon =
    { $n ->
        [one] { $n } à rendre sous 15 minutes
       *[other] { $n } à rendre sous 15 minutes
    }
shift-for-me =
    { $n ->
        [one] { $n } est déjà à vous
       *[other] { $n } sont déjà à vous
    }
shift-ends = fin prévue à { $time }
shift-ends-soon = Le service finit dans moins d'une heure ; il ne peut pas être prévu plus court.
shift-handover = Notes du service précédent
shift-handover-one = { $who }, { $when } : { $text }
shift-no-handover = Personne n'a laissé de note.
shift-charter = { $client } : charte { $version }
shift-keymap = touches : { $name }
shift-start = Entrée amène le premier contenu
shift-break-runs = Une pause court jusqu'à { $time }.
shift-signing-in = Ouverture du poste.
shift-offline = Rien n'est servi avant que la file ait répondu. Ce poste continue d'essayer ; le service s'ouvre dès qu'elle répond.
shift-offline-kept =
    { $n ->
        [one] { $n } décision est gardée ici et partira alors.
       *[other] { $n } décisions sont gardées ici et partiront alors.
    }
shift-sent-from-journal =
    { $n ->
        [one] { $n } décision de la dernière fois a été envoyée.
       *[other] { $n } décisions de la dernière fois ont été envoyées.
    }
shift-idle-ended = Le service précédent s'est terminé seul après une heure sans signe de vie.
shift-filled-with-demo = La file était vide : elle contient les éléments de démonstration. `moddesk import` apporte les vôtres.
