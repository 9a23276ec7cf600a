# The state of the line to the queue.

line-connected = ● reliée
line-slow = ● lente { $ms } ms
line-down = ○ hors ligne depuis { $time }
line-unreachable = La file ne répond pas : { $why }.
line-broke = La ligne a coupé au milieu d'un appel : { $why }.
line-busy = La file demande d'attendre un peu.
line-local = ● cette machine
line-unsent =
    { $n ->
        [one] { $n } non envoyée
       *[other] { $n } non envoyées
    }
line-kept = Les décisions sont gardées ici et partiront au retour de la ligne.
line-waits = Tout ce qui était là est décidé. Le prochain contenu viendra au retour de la ligne.
line-back = La ligne est revenue.
line-other-desk = Un autre poste est ouvert à votre nom depuis { $time } : { $desk }. Le reprendre ?
line-taken-over = Un autre poste à votre nom a pris la suite. Ce qui était retenu est envoyé.
line-signed-out = La session est fermée : lancez `moddesk login`.
