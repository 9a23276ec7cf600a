# Why nothing is served.

why-empty = Rien n'attend. Les nouveaux contenus arrivent d'eux-mêmes.
why-leased = Ce qui attend est chez des collègues.
why-paused = Les files sont en pause.
why-not_for_you = Ce qui attend n'est pas pour vous : passé, le vôtre, une autre langue ou un niveau plus élevé.
why-wellbeing = Ce qui attend est plus dur que ce que votre journée permet maintenant.
why-fetching = Le prochain contenu arrive.
