"""One short function per thing a user does: the only room that touches two of the rooms below it.

`judging` (status, show, list) · `wish`, `tying` and `goals` (add, edit, close, remove) · `importing`, `taking` and
`whose` (import) · `columns`, `mapping`, `mapped` and `proposing` (import --map) · `own` (platforms show, edit) ·
`recording` · `items` · `lacking` (why a goal finds nothing) · `attaining` (a goal against its past) · `whatif` ·
`accounts` · `changes` (undo, redo, imports) · `leaving` (export) · `platforms` · `names` (what people type) ·
`opening` (the database) · `page` (what a command hands to the shell)

Each takes the database's path, days and texts, and returns a `Page`: a document and the same values as data.
"""
