# Something in the content worth telling the client.

insight-title = insight
insight-topic = topic
insight-sort = kind
insight-verbatim = the author's words
insight-idea = idea
insight-complaint = complaint
insight-praise = praise
insight-question = question
insight-trend = trend
insight-competitor = competitor
insight-persona = persona
insight-experience = experience
insight-influencer = influencer
insight-kept = insight kept with the draft
insight-needs-topic = An insight needs a topic.
