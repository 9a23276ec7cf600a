# Something in the content worth telling the client.

insight-sort = Insight : de quelle sorte ?
insight-idea = idée
insight-complaint = réclamation
insight-praise = éloge
insight-question = question
insight-trend = tendance
insight-competitor = concurrent
insight-persona = persona
insight-experience = expérience
insight-influencer = influenceur
insight-kept = insight gardé avec le brouillon
insight-ask-topic = insight · { $sort } · sujet
insight-new = nouveau sujet : { $topic }
insight-closed = Ce client n'accepte pas de nouveau sujet. Il a : { $topics }
insight-none-open = Ce client n'a pas encore de sujet : tapez-en un.
insight-topic-keys = tapez un sujet · ↑ ↓ · Entrée le prend · Échap quitte
insight-quote = insight · { $sort } · { $topic } · les mots de l'auteur
insight-quote-keys = ← → ↑ ↓ · Espace début · s phrase · w tout · Entrée garde · Ret. arr. : aucun
insight-covered = Les mots sont masqués, aucun n'est cité ; { $key } les ouvre.
insight-kept-words = insight gardé avec le brouillon, avec les mots de l'auteur
insight-report = Insights
insight-report-none = Rien n'a été signalé pendant cette période.
insight-report-no-sort = autre
