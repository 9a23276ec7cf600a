# Levels 0 to 4, by number.

severity-0 = nulle
severity-1 = légère
severity-2 = perturbante
severity-3 = crue
severity-4 = extrême
severity-level = niveau { $level } ({ $name })
severity-graded = gravité { $level } ({ $name })
