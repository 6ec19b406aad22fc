"""A sentence becomes the parts of a goal: 1. its days, 2. names and the purpose, 3. what is counted, 4. the numbers,
5. which way.

`read.parsed` runs them in this order; `nouns` are what comes out, `words` the tables of what people say. Nothing is
looked up here: the names that could be meant come in as a `Vocabulary`.
"""
