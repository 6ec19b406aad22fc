"""The SQLite file, and the only SQL: keeps what was read and what was set, and gives it back.

1. `database`     opens the file for reading or writing; `write_tx` is the only writer
2. `migrations`   the tables and views, step by step, append-only
3. `days`         a set of days as one integer
4. `statements`   what batches say and which of it stands: the contract (put, settle, said)
5. `items`        posts, videos, e-mails and ads: the same contract, a number in place of a day
6. `batches`      one Extraction in, its counts out; which files are known; what was imported
7. `accounts`     whose numbers there are; `merges` makes one account of two
8. `goals`        goals, objectives and their edits
9. `changes`      one command is one change: undo and redo, over `images` of rows
10. `series`      the values that goals read
11. `exports`     everything, out again
12. `own_metrics` metrics that a user's own profile declares

Every function takes an open connection first. Imports `errors` and `model` only; never knowledge, ingest, measure,
report, workflow or cli. No clock: days and times are arguments. Integer ids stay in the file (batch numbers excepted).
"""
