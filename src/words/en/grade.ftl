# Grading what is on screen.

grade-ask = Grade
grade-not-lowered = Graded lower; what was already counted stays counted.
