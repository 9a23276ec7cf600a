# Numbers, dates and durations. Units stand after a no-break space.

time-seconds = { $n } s
time-minutes = { $n } min
time-hours = { $n } h
time-hours-minutes = { $n } h { $minutes }
time-days = { $n } j
time-months =
    { $n ->
        [one] { $n } mois
       *[other] { $n } mois
    }
time-years =
    { $n ->
        [one] { $n } an
       *[other] { $n } ans
    }
time-now = à l'instant
time-ago = il y a { $length }
time-percent = { $n } %
time-day =
    { $day ->
        [1] 1er { $month }
       *[other] { $day } { $month }
    }
time-day-year =
    { $day ->
        [1] 1er { $month } { $year }
       *[other] { $day } { $month } { $year }
    }
time-month-1 = janv.
time-month-2 = févr.
time-month-3 = mars
time-month-4 = avr.
time-month-5 = mai
time-month-6 = juin
time-month-7 = juil.
time-month-8 = août
time-month-9 = sept.
time-month-10 = oct.
time-month-11 = nov.
time-month-12 = déc.
