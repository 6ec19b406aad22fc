"""The nouns: frozen values without files, clock, SQL or screen. Imports `errors` only.

1. `period`      days, half-open periods and the deadlines that people type
2. `metric`      what can be counted, and what a month of it is
3. `series`      accounts, what identifies a series, and its values in a window
   `extraction`  what a file states on its way into the store: blocks, items, problems; and what an import did
4. `profile`     every word that a profile file may say; `card` is its head, for lists
5. `goal`        goals and objectives: the SMART fields and their checks
6. `assessment`  pace, status and what a judged goal is
   `attainable`  a goal against its own past, and the targets that would be fair
   `feed`        which export feeds a goal, how fresh, where to click; `audit`: what is wrong with goals;
                 `serving`: an objective with the goals under it
   `items`       posts, videos, e-mails and ads as they stood, what they gained, and lists of them
7. `history`     accounts in use, merges, and what undo took back; `receipt`: what an import did, file by file
"""
