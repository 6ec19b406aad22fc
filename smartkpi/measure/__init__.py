"""Series and a goal become an assessment: pure arithmetic, no clock, no files, no words.

1. `sources`    which series a goal reads, or why that cannot be told
2. `aggregate`  a month of a metric by its kind: sums, levels worked back, ratios total over total
3. `plan`       what the straight path to the target expects on a day
4. `pace`       what each form of goal has reached, against the plan, and where it ends if the last 28 days go on
5. `status`     the ten statuses, as one table of rules
6. `assess`     the whole way

Imports `model` and `errors` only.
"""
