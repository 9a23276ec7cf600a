# What is done to an author.

sanction-warn = warn
sanction-mute = mute
sanction-suspend = suspend
sanction-ban = ban
sanction-ask = Sanction the author
sanction-hours =
    { $n ->
        [one] for 1 hour
       *[other] for { $n } hours
    }
sanction-until-lifted = until lifted
sanction-ask-hours = For how many hours? Empty means until lifted.
sanction-not-hours = Write a whole number of hours, or nothing.
sanction-nobody = The platform does not say who wrote it, so nobody can be sanctioned.
