# Consignes, réponses aux doutes, et ce que sont devenues ses propres décisions.

message-title = Réponses et messages
message-none = Rien à lire : ni consigne, ni question, ni réponse.
message-new = nouveau
message-everybody = tout le monde
message-you = vous
message-notice = Consigne de { $who } pour { $to }, { $when }
message-charter = La charte de { $client } a changé : version { $version }, { $when }
message-policies = Les règles de { $client } ont changé : { $version }, { $when }
message-confirm = Entrée : lu, contenu suivant
message-waits = Une consigne attend avant le prochain contenu : Entrée l'y confirme.
message-notices-wait =
    { $n ->
        [one] 1 consigne attend avant votre premier contenu
       *[other] { $n } consignes attendent avant votre premier contenu
    }
message-confirmed = Lu : { $what }
message-about = sujet
message-asks = { $who } demande, { $when } : { $text }
message-wants-call = { $who } demande à être appelé, { $when }
message-asked = vous avez demandé ({ $whom }), { $when } : { $text }
message-answered = { $who } répond, { $when } : { $text }
message-advises = déciderait : { $what }
message-called = appelé
message-settled = { $what } par { $who }, { $when }
message-parked = gardé pour vous jusqu'à { $time }, puis rendu à la file
message-parked-other = gardé jusqu'à { $time }, puis rendu à la file
message-not-parked = plus gardé : entre d'autres mains, ou en attente dans la file
message-overturned = { $item } : { $who } a annulé votre « { $own } », { $when } ; à décider de nouveau
message-overturned-now = { $item } : { $who } a annulé votre « { $own } », { $when } ; désormais { $now }
message-escalation = { $item }, que vous aviez escaladé : { $now } par { $who }, { $when }
message-precedent = un précédent : retrouvé à côté de ce qui dit la même chose, et par ses mots
message-precedent-line = précédent du { $when } : { $text }
message-precedents = Précédents
message-no-precedents = Aucun précédent avec ces mots : { $words }
message-find = / et des mots trouvent les précédents
message-keys = { $answer } répondre · { $take } reprendre · { $keep } précédent · Échap
