# Grading what is on screen.

grade-ask = Gravité
grade-not-lowered = Gravité abaissée ; ce qui est compté le reste.
