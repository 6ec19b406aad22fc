"""The SQLite file, and the only SQL: keeps what was read and what was set, and gives it back.

1. `database`     opens the file for reading or writing; `write_tx` is the only writer
2. `migrations`   the tables and views, step by step, append-only
3. `days`, `keys` a set of days as one integer; series keys as integers
4. `statements`   what batches say and which of it stands: the contract (put, said); `settling` after undo and redo
5. `batches`      one Extraction in (`blocks`, `items`), its counts out (`tally`), unless it looks like another
                  account's (`likeness`); which files are known; what was imported
6. `accounts`     whose numbers there are, over `owners`, its rows; `merges` makes one account of two
7. `goals`        goals and their edits; `objectives` what they serve
8. `changes`      one command is one change: undo and redo, over `images` of rows
9. `series`       the values that goals read
10. `exports`     everything, out again
   `snapshots`   items as they stood on a day
11. `own_metrics` metrics that a user's own profile declares

Every function takes an open connection first. Imports `errors` and `model` only; never knowledge, ingest, measure,
report, workflow or cli. No clock: days and times are arguments. Integer ids stay in the file (batch numbers excepted).
"""
