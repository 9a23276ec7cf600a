# The client's rules as the moderator reads them.

charter-title = Charte de { $client }, { $version }
charter-policies = Règles
charter-notices = Consignes
charter-no-notices = Aucune consigne.
charter-no-charter = Ce client n'a pas de charte au-delà des règles.
charter-grave = grave : demande confirmation
charter-sealed = scelle le contenu
charter-ground = fondement : { $ground }
charter-floor = au moins niveau { $level }
charter-confirm = Entrée : lu
charter-contacts = Contacts
charter-hours = Horaires
