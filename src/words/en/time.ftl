# Numbers, dates and durations. Units stand after a no-break space.

time-seconds = { $n } s
time-minutes = { $n } min
time-hours = { $n } h
time-hours-minutes = { $n } h { $minutes } min
time-days = { $n } d
time-months =
    { $n ->
        [one] 1 month
       *[other] { $n } months
    }
time-years =
    { $n ->
        [one] 1 year
       *[other] { $n } years
    }
time-now = just now
time-ago = { $length } ago
time-percent = { $n }%
time-day = { $day } { $month }
time-day-year = { $day } { $month } { $year }
time-month-1 = Jan
time-month-2 = Feb
time-month-3 = Mar
time-month-4 = Apr
time-month-5 = May
time-month-6 = Jun
time-month-7 = Jul
time-month-8 = Aug
time-month-9 = Sep
time-month-10 = Oct
time-month-11 = Nov
time-month-12 = Dec
