"""Assessments become a document, a document becomes text. Nothing flows back.

1. `document`   four kinds of block, and cells that hold plain text, a tone and the number
2. `words`      how numbers, days and amounts are said
3. `sentences`  a goal in one sentence, and where it stands; `advice`, `behind`: why, what to do;
                `remarks`: what the data lack or contradict; `feeding`: what feeds a goal; `edits`: what moved;
                `audit`: what is wrong with goals; `proposals`: commands that set one
4. `views`      one function per screen: values in, document out
5. `data`       the same values for `--json` and `--csv`
6. `terminal`   a document drawn with rich, `charts` its charts; `plain`: one record a line;
                `signs`: what a stream can show

Imports `model` and `errors` only.
"""
