# Le tableau de bord de la supervision.

watch-title = supervision
watch-sum = { $people } à l'œuvre · { $waiting } en attente · { $late } en retard
watch-first = Premier regard sur la maison.
watch-queues = files
watch-people = équipe
watch-hands = en main
watch-threads = fils
watch-alerts = alertes
watch-found = trouvés
watch-col-queue = file
watch-col-waiting = attend
watch-col-leased = pris
watch-col-oldest = aîné
watch-col-due = 15 min
watch-col-overdue = tard
watch-col-pace = ent→sort
watch-col-hour = une heure
watch-col-removed = retiré
watch-col-outlook = prévision
watch-empty = vide
watch-empty-at = vide à { $time }
watch-grows = grossit
watch-stands = à l'arrêt
watch-late-now = en retard
watch-late-at = retard à { $time }
watch-lacks = manque { $n }
watch-paused = suspendue
watch-paused-because = suspendue : { $why }
watch-takes-all = prend tout
watch-takes-light = prend le léger
watch-takes-break = en pause
watch-takes-back = de retour à { $time }
watch-takes-offline = hors ligne
watch-nobody =
    { $n ->
        [one] { $queue } : 1 contenu que personne ne peut prendre
       *[other] { $queue } : { $n } contenus que personne ne peut prendre
    }
watch-at-risk = { $queue } : en retard à { $time } à cette allure
watch-late =
    { $n ->
        [one] { $queue } : 1 en retard ou à rendre
       *[other] { $queue } : { $n } en retard ou à rendre
    }
watch-unlike = { $queue } : retire { $share } aujourd'hui, ce n'est pas l'habitude
watch-webhook =
    { $n ->
        [0] webhook { $name } : rien ne passe
        [one] webhook { $name } : 1 message ne passe pas
       *[other] webhook { $name } : { $n } messages ne passent pas
    }
watch-webhook-off = webhook { $name } coupé : rien ne passait ; un administrateur le relance
watch-alert = ALERTE { $kind } sur { $item }, par { $who } { $time }
watch-alert-ring = appeler { $call }
watch-alert-nobody = pas de liste d'appel
watch-alert-taken = prise par { $who } { $time }
watch-down = Plus de chiffres depuis { $time } : { $why }
watch-hand = { $who } depuis { $time }, à rendre { $due }
watch-parked-asked = { $who } attend une réponse
watch-parked-colleague = { $who } attend la réponse d'un collègue
watch-parked-supervisor = { $who } attend la réponse du superviseur
watch-parked-call = { $who } attend un appel
watch-parked-answered = répondu : { $who } décide
watch-stuck-nobody = personne ici ne peut le prendre, depuis { $time }
watch-stuck-passed = tous ceux qui le pouvaient l'ont rendu, depuis { $time }
watch-thread = { $came } en une heure, { $waiting } en attente
watch-none-queues = Il n'y a pas de file.
watch-none-people = Personne ne travaille encore ici.
watch-none-hands = Rien n'est en main et rien n'est bloqué.
watch-none-threads = Rien n'arrive en nombre sous un même sujet.
watch-none-alerts = Aucune alerte. Tout va bien.
watch-none-found = Rien de trouvé encore : { $key } cherche.
watch-works = { $queues } · { $languages }
watch-all = toutes
watch-all-queues = toutes les files
watch-all-languages = toutes les langues
watch-searching = recherche de « { $what } » … { $n } trouvés
watch-searched = « { $what } » : { $n } trouvés
watch-covered = { $level } : couvert ; { $key } le montre
watch-item-state = { $state } dans { $queue }, tour { $round }
watch-state-waiting = en attente
watch-state-leased = en main
watch-state-parked = gardé pour { $who }
watch-state-decided = décidé
watch-state-withdrawn = repris
watch-state-sealed = scellé
watch-ask-pause = Pourquoi suspendre { $queue } ?
watch-ask-priority = Priorité de { $item }, de -100 à 100 ?
watch-ask-deadline = Échéance de { $item }, comme 17:30 ou 45m d'ici ?
watch-ask-reason = Pourquoi, en une phrase ? Elle est gardée et auditée.
watch-ask-find = Chercher : un id, un lien, des mots, author:, lang:, age:<2d …
watch-ask-assign = Files de { $who }, séparées par des virgules ; rien pour toutes
watch-choose-move = Déplacer { $item } vers quelle file ?
watch-choose-verdict = Votre décision sur { $item }
watch-choose-measure = Quelle mesure ?
watch-choose-policy = Selon quelle règle ?
watch-enter = Entrée le fait, Échap quitte
watch-chooser-keys = une lettre le fait, ou Entrée sur la ligne marquée · Échap quitte
watch-no-row = Il n'y a rien ici pour cela.
watch-no-queue = Choisissez d'abord une file.
watch-no-item = Choisissez d'abord un contenu.
watch-no-person = Choisissez d'abord quelqu'un.
watch-no-alert = Aucune alerte n'attend.
watch-not-held = { $item } n'est entre les mains de personne.
watch-not-opened = Ouvrez d'abord un contenu : { $key }
watch-not-a-number = Une priorité est un nombre de -100 à 100.
watch-not-a-time = Écrivez une heure, comme 17:30, ou 45m.
watch-needs-reason = Il faut une raison.
watch-sending = …
watch-done-paused = { $queue } est suspendue.
watch-done-resumed = { $queue } est de nouveau servie.
watch-done-moved = { $item } est maintenant dans { $queue }.
watch-done-priority = { $item } : priorité { $n }
watch-done-deadline = { $item } : à rendre { $time }
watch-done-released = { $item } attend de nouveau.
watch-done-decided = { $item } : votre décision est enregistrée.
watch-done-assigned = { $who } : { $queues }
watch-done-acknowledged = Vous avez pris l'alerte.
watch-quiet = Vu : silence jusqu'à ce que cela passe et revienne.
watch-questions = questions
watch-notices = consignes
watch-sum-asked =
    { $n ->
        [one] 1 question
       *[other] { $n } questions
    }
watch-question-due = pour { $time }
watch-none-questions = Personne n'attend de réponse.
watch-none-notices = Aucune consigne envoyée ces temps-ci : { $key } en écrit une.
watch-no-question = Aucune question n'attend de réponse.
watch-to-questions = Choisissez ici une question, puis { $key } y répond.
watch-nothing-answered = Aucune question répondue ici qui ne soit déjà gardée.
watch-item-question = Question
watch-choose-advice = Que décideriez-vous ? Qui a demandé décide.
watch-advice-none = des mots seulement, sans avis
watch-choose-whom = Une consigne à qui ?
watch-whom-client = tous ceux qui travaillent pour { $client }
watch-whom-name = quelqu'un par son nom
watch-choose-confirm = À { $to } : faut-il la confirmer ?
watch-notice-confirm = à confirmer avant le prochain contenu
watch-notice-quiet = à lire, rien ne l'attend
watch-notice-read = lue par { $read } sur { $all }
watch-notice-gone = Cette consigne est plus ancienne que ce qui est gardé ici.
watch-unread = pas lue par
watch-read-at = lue { $when }
watch-ask-notice = Consigne à { $to }
watch-needs-words = Il faut des mots.
watch-nobody-named = Personne ici ne s'appelle { $name }.
watch-done-answered = Répondu. { $key } la garde comme précédent.
watch-done-notified = Envoyée à { $to }.
watch-case-written = Le dossier est { $path }.
watch-case-failed = Le dossier n'a pas pu être écrit : { $why }
watch-refused = Pas fait : { $why }
watch-item-decisions = Décisions
watch-item-history = Histoire
watch-item-words = Contenu
watch-back-line = La ligne est revenue.
watch-happened-moved = déplacé
watch-happened-released = repris des mains
watch-happened-priority = priorité { $n }
watch-happened-overridden = décidé d'autorité
watch-happened-asked = question posée avant de décider
watch-happened-answered = réponse donnée
watch-happened-alert = alerte
watch-plain-begin = Entrée redit les chiffres ; aide donne les mots ; quitter sort. Le défilement garde ce qui est lu ici.
watch-plain-unknown = « { $what } » n'est pas un mot de cet écran ; aide les donne.
watch-plain-write = Écrivez : { $how }
watch-plain-queue = { $queue } ({ $client }) : { $waiting } en attente, { $leased } pris, aîné { $oldest }, { $due } à rendre en 15 min, { $late } en retard, { $came } entrent et { $left } sortent par minute, retiré { $removed } : { $outlook }
watch-plain-question = Question { $number }, sur { $item } : { $text }
watch-plain-answer = répondre NUMÉRO MOTS, comme questions les compte
watch-plain-advise = conseiller NUMÉRO approve|escalate|delete RÈGLE|restrict MESURE RÈGLE car MOTS
watch-plain-keep = garder
watch-plain-notices = consignes NUMÉRO, comme consignes les compte
watch-plain-notice = consigne tous|PERSONNE|CLIENT MOTS
watch-plain-open = ouvrir CONTENU
watch-plain-show = montrer
watch-plain-move = déplacer CONTENU FILE
watch-plain-priority = priorité CONTENU NOMBRE
watch-plain-deadline = échéance CONTENU 17:30, ou 45m
watch-plain-release = libérer CONTENU
watch-plain-pause = suspendre FILE POURQUOI
watch-plain-resume = reprendre FILE
watch-plain-assign = affecter PERSONNE FILE, FILE
watch-plain-find = chercher FILTRE
watch-plain-case = dossier CONTENU
watch-plain-take = prendre NUMÉRO, comme alertes les donne
watch-plain-decide = décider approve|escalate|delete RÈGLE|restrict MESURE RÈGLE car POURQUOI
watch-plain-searched = C'est tout pour « { $what } ».
watch-plain-help-look = files, équipe, main, fils, alertes : ce qu'il y a
watch-plain-help-alert = prendre [NUMÉRO] : prendre une alerte
watch-plain-help-open = ouvrir CONTENU, montrer, décider VERDICT … car POURQUOI : un contenu
watch-plain-help-item = déplacer, priorité, échéance, libérer, dossier CONTENU … : agir sur un contenu
watch-plain-help-questions = questions : celles qui attendent ; répondre NUMÉRO MOTS, conseiller NUMÉRO VERDICT car MOTS, garder : la dernière comme précédent
watch-plain-help-notices = consignes [NUMÉRO] : qui les a lues ; consigne À-QUI MOTS : à confirmer ; dire À-QUI MOTS : à lire
watch-plain-help-house = suspendre FILE POURQUOI, reprendre FILE, affecter PERSONNE FILES : agir sur la maison
watch-plain-help-find = chercher FILTRE : id, lien, mots, author:, lang:, age:<2d · quitter
