# End of shift.

summary-title = Fin de service
summary-decided =
    { $n ->
        [one] { $n } décidé
       *[other] { $n } décidés
    }
summary-passed =
    { $n ->
        [one] { $n } rendu
       *[other] { $n } rendus
    }
summary-held =
    { $n ->
        [one] { $n } décision retenue part maintenant
       *[other] { $n } décisions retenues partent maintenant
    }
summary-unsent =
    { $n ->
        [one] { $n } décision n'est pas encore envoyée ; elle reste dans le journal et partira à la prochaine ouverture
       *[other] { $n } décisions ne sont pas encore envoyées ; elles restent dans le journal et partiront à la prochaine ouverture
    }
summary-all-sent = Tout est envoyé.
summary-notes = { $key } notes pour le service suivant
summary-notes-title = notes pour le service suivant
summary-notes-kept = Le service suivant lira vos notes.
summary-leave = Entrée sort · Échap revient
summary-goodbye = Merci. À la prochaine.
summary-break-runs = Une pause court jusqu'à { $time } ; elle sera la même à votre retour.
