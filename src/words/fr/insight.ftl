# Something in the content worth telling the client.

insight-title = insight
insight-topic = sujet
insight-sort = type
insight-verbatim = les mots de l'auteur
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
insight-needs-topic = Un insight a besoin d'un sujet.
