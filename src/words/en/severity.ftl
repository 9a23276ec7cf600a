# Levels 0 to 4, by number.

severity-0 = none
severity-1 = mild
severity-2 = disturbing
severity-3 = graphic
severity-4 = extreme
severity-level = level { $level } ({ $name })
severity-graded = graded { $level } ({ $name })
