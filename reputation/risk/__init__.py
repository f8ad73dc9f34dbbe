"""How suspicious filters of the measured kind would be of a draft: signals, tables of scores, and why."""
