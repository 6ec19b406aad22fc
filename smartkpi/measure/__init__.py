"""Series and a goal become an assessment: pure arithmetic, no clock, no files, no words.

1. `sources`    which series a goal reads, or why that cannot be told
2. `aggregate`  a month of a metric by its kind: sums, ratios total over total, typical days
3. `levels`     a level on a day: as exported or recorded, else worked back from totals and flows
4. `plan`       what the path to the target expects on each day; `resting`: numbers without paused days
5. `pace`       what each form of goal has reached, against the plan, and where it ends if the last 28 days go on
6. `status`     the ten statuses, as one table of rules
7. `assess`     the whole way
   `instead`    where no export states whole days: sums of parts that add up, totals of ranges
   `periods`    which of the ranges that overlap count, and a total shared out over its days

`signal` tells wobble from change, and `trend` puts days together to weeks, months, quarters and years for it.

`backtest` looks back on a goal's own past, which makes its range wider or narrower; `cutting` cuts goals from history,
and `calls` says what would have been said of them on their way, and how they ended.

A goal against its own past: `attain` (its chance, what would be fair), by `spans` (what stretches as long brought) and
`aims` (rounded targets of a certain chance).

All goals against the five letters, and together: `audit`, one table of rules.

Beside them `items`: interactions of posts and videos, a month's mean, what was gained between two exports.

Imports `model` and `errors` only.
"""
