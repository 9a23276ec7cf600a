# The line at the top: client first, then the day.

head-client = { $client } › { $queue }
head-charter = charte { $version }
head-charter-new = charte { $version } (nouvelle à { $time })
head-break-about = pause vers { $time }
head-messages = { $key } { $n } à lire
head-no-break = pas de pause prévue
head-waiting =
    { $n ->
        [one] { $n } en attente
       *[other] { $n } en attente
    }
head-overtime = heures en plus depuis { $time }
head-demo = DÉMO : rien n'est gardé
head-demo-filled = La file était vide : elle contient maintenant les exemples.
head-weakened = Les règles de protection sont plus faibles que prévu : { $why }
