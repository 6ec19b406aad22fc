"""Export files become observations. Imports `model` and `errors` only; writes nothing, anywhere.

1. `archive`   a path, folder, ZIP or stream -> members that can be opened again and again
2. `text`      a member's bytes -> encoding, dialect and chunks of rows with the file's own line numbers
3. `workbook`, `spreadsheetml`  a workbook's sheets -> the same chunks
4. `identify`  a header and its first rows -> the one profile and table (`nearest`: or a refusal that helps)
5. `table`     chunks -> the tables in them, each surveyed while it passes (`survey`: days, keys, odd rows)
6. `cells`, `dates`, `columns`  texts -> numbers and days, decided for whole columns
7. `extract`   a surveyed table -> an Extraction, whose `daily`, `ranges` or `items` are read in a second pass
               (`spans`: of which days its totals are, where the filters or the chart of an export say it)
               (`counted`: records are counted at once: `plans` finds their columns, `counters` add, `remarks` tell)
8. `read`      all of it: one `Reading` per file
9. `peek`      a file that nobody knows -> what its blocks and columns could be, for `--map`
"""
