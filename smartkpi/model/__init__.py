"""The nouns: frozen values without files, clock, SQL or screen. Imports `errors` only.

1. `period`      days, half-open periods and the deadlines that people type
2. `metric`      what can be counted, and what a month of it is
3. `series`      accounts, series, blocks of observations, items, problems, batches
4. `profile`     every word that a profile file may say
5. `goal`        goals and objectives: the SMART fields and their checks
6. `assessment`  pace, status and what a judged goal is
7. `history`     accounts in use, merges, and what undo took back
"""
