"""One short function per thing a user does: the only room that touches two of the rooms below it.

`judging` (status, show, list) · `wish` and `goals` (add, edit, close, remove) · `importing` and `whose` (import) ·
`recording` · `accounts` · `changes` (undo, redo, imports) · `leaving` (export) · `platforms`

Each takes the database's path, days and texts, and returns a `Page`: a document and the same values as data.
"""
