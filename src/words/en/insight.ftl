# Something in the content worth telling the client.

insight-sort = Insight: of what kind?
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
insight-ask-topic = insight · { $sort } · topic
insight-new = new topic: { $topic }
insight-closed = This client takes no new topics. It has: { $topics }
insight-none-open = This client has no topics yet: type one.
insight-topic-keys = type a topic · ↑ ↓ · Enter takes it · Esc leaves
insight-quote = insight · { $sort } · { $topic } · the author's words
insight-quote-keys = ← → ↑ ↓ · Space begins · s sentence · w all · Enter keeps · Backspace none
insight-covered = The words are covered, so none are quoted; { $key } opens them.
insight-kept-words = insight kept with the draft, with the author's words
insight-report = Insights
insight-report-none = Nothing was flagged in this time.
insight-report-no-sort = other
