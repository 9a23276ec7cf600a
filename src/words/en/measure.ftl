# What `restrict` does. The first letter of the key stands in the chooser.

measure-hide = hide
    .done = hidden
    .doc = only the author sees it
measure-remove_part = remove part
    .done = partly removed
    .doc = a part of it goes
measure-ask_correction = ask correction
    .done = correction asked
    .doc = the author is asked to correct it
measure-age_limit = age limit
    .done = limited to adults
    .doc = adults only
measure-demote = demote
    .done = demoted
    .doc = shown less
measure-lock = lock
    .done = locked
    .doc = no more answers
