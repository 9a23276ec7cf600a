# The moderator's own page. Nobody else sees what stands here.

mine-title = your own page
mine-own = What stands here is yours; no supervisor sees it.
mine-now = what binds now, and how it comes about
mine-coming = The rest is on its way.
mine-load = load
mine-run_graphic = hard items in a row
mine-run_extreme = extreme ones in it
mine-run_owed = mild items owed
mine-hourly = since the last break
mine-shift_points = points of the shift
mine-shift_amber = until asked anew
mine-shift_graphic = level 3 and 4 open
mine-shift_extreme = level 4 open
mine-shift_end = until the planned end
mine-ramp = shifts so far
mine-break_run = break, left
mine-break_acute = break, left
mine-break_hourly = break, left
mine-break_voluntary = your break
mine-how-load = It wears off with time, faster in a break; at the limit a break is due.
mine-how-run_graphic = Items of level 3 or 4 served one after the other.
mine-how-run_extreme = Items of level 4 among them.
mine-how-run_owed = Items of level 0 or 1 that come first.
mine-how-hourly = Time since a break that was long enough.
mine-how-shift_points = The sum of all items; at the limit only mild ones come.
mine-how-shift_amber = The same sum; from here on hard items come only if you agree anew.
mine-how-shift_graphic = Time with an item of level 3 or 4 open.
mine-how-shift_extreme = Time with an item of level 4 open.
mine-how-shift_end = Nothing hard comes in the first and in the last minutes.
mine-how-ramp = In the first shifts limits count for less:
mine-how-break_run = Several hard items in a row.
mine-how-break_acute = The load had reached its limit.
mine-how-break_hourly = Close to an hour of work.
mine-how-break_voluntary = As long as you like.
mine-how-item = An item costs: weight of its level × medium × what was seen × time in front of a text. Below, opened in full:
mine-unit-points =
    { $n ->
        [one] point
       *[other] points
    }
mine-unit-minutes = min
mine-unit-items =
    { $n ->
        [one] item
       *[other] items
    }
mine-unit-shifts =
    { $n ->
        [one] shift
       *[other] shifts
    }
mine-costs = what an item costs
mine-text = text
mine-image = picture
mine-audio = sound
mine-video = film
mine-live = live
mine-breaks = your breaks
mine-no-breaks = None is kept.
mine-rule-run = after hard items in a row
mine-rule-acute = by load
mine-rule-hourly = by time
mine-rule-voluntary = your own
mine-asked = had to be { $minutes } min
mine-overturned = your decisions that others undid
mine-none-overturned = None.
mine-undone = { $what } · undone by { $by }, { $at }:
mine-no-reason = no reason given
mine-topics = what you do not take
mine-all-topics = You take everything.
mine-not-served = Not served to you: { $topics }. Nobody is told.
mine-export = `moddesk me export` writes all that is kept of you; `moddesk me erase` forgets what no longer binds.
mine-topic-title = a letter takes a topic out, or in again; nobody is told
mine-topic-out = not served
mine-topics-now = Not served from the next item fetched on: { $topics }
