"""What people say, as tables: verbs, limits, rates, and the words that carry nothing."""

GAIN, DROP, REACH, KEEP = "gain", "drop", "reach", "keep"

# The longest phrase wins, so that "grow to" is not "grow". Past and -ing forms are listed where people use them.
VERBS = {
    GAIN: (
        "gain", "gained", "gaining", "gains", "get", "getting", "gets", "win", "won", "winning", "wins",
        "add", "added", "adding", "attract",
        "bring in", "bring", "earn", "earned", "collect", "generate", "make", "sell", "sold", "publish", "post", "send",
        "grow", "grow by", "gain by", "welcome", "acquire", "receive", "create", "produce", "book", "do", "write",
        "drive", "build",
    ),
    DROP: ("drop", "drop by", "lose", "losing", "loses", "lost"),
    REACH: (
        "reach", "reached", "reaches", "hit", "achieve", "have", "get to", "grow to", "be at", "arrive at", "get up to",
        "come to", "end at", "bring to",
    ),
    KEEP: ("keep", "stay", "hold", "maintain", "remain", "keep it"),
}  # fmt: skip
RISING = ("increase", "increasing", "raise", "grow", "improve", "boost", "lift", "push", "expand", "rise", "climb")
FALLING = ("lower", "cut", "reduce", "decrease", "shrink", "drop", "bring down", "get down", "push down", "slash")
RAISED = ("increased", "raised", "grown", "improved", "boosted", "lifted", "pushed", "expanded")  # behind "have"
LOWERED = ("lowered", "cut", "reduced", "decreased", "shrunk", "dropped", "slashed")
UPWARDS = (  # before "up to": that is where it ends, and no limit
    "get", "getting", "got", "bring", "bringing", "brought", "take", "taking", "push", "pushing", "raise", "lift",
    "move", "drive", "pull", "increase", "grow", "boost", "build", "scale", "ramp", "step", "go", "climb", "rise",
    "improve", "expand",
)  # fmt: skip
DOUBLE = {"double": "100%", "doubled": "100%", "twice": "100%", "triple": "200%", "tripled": "200%",
          "quadruple": "300%", "halve": "50%", "halved": "50%"}  # fmt: skip
TIMES = {"once": 1, "twice": 2, "thrice": 3}  # before a rate: "twice a week"
UNITS = {"calendar month": "month", "fortnight": "fortnight", "day": "day", "week": "week", "wk": "week",
         "month": "month", "mo": "month", "mth": "month", "quarter": "quarter", "qtr": "quarter", "year": "year",
         "yr": "year"}  # fmt: skip
VERBLIKE = ("reach", "post", "share", "like", "save", "order", "lead", "book", "comment")  # before a number
MORE = ("more", "extra", "additional", "another", "further", "new")
FEWER = ("fewer", "less")
LIMITS = {
    "most": (
        "at most", "no more than", "not more than", "at the most", "under", "below", "less than", "fewer than",
        "lower than", "max", "maximum", "a maximum of", "up to", "not over", "not above", "within", "<", "<=", "≤",
        "no higher than", "not higher than", "no greater than", "not exceeding", "or less", "or fewer", "or lower",
    ),
    "least": ("at least", "no less than", "no fewer than", "not less than", "above", "over", "more than", "minimum",
              "a minimum of", "min", "not under", "not below", ">", ">=", "≥",
              "no lower than", "not lower than", "or more", "or higher"),
}  # fmt: skip
LY = {
    "daily": "day",
    "weekly": "week",
    "monthly": "month",
    "quarterly": "quarter",
    "yearly": "year",
    "annually": "year",
}
TYPICAL = ("on a typical day", "on an average day", "on an ordinary day", "on a normal day", "a typical day",
           "on average per day", "an average day")  # fmt: skip
AVERAGED = ("on average", "on an average", "in average", "an average of", "at an average of", "averaging")
NEGATED = ("don't", "do not", "dont", "doesn't", "does not", "won't", "will not", "not", "never", "cannot", "can't",
           "shouldn't", "should not")  # fmt: skip
CLIENT = r"(?:(?:our|my|the)\s+)?(?:client|customer|brand|company|account)\s+"  # before a name
AIMS = ("get", "win", "bring", "have", "find", "sell", "make", "build", "support", "fill", "drive", "boost", "generate",
        "attract", "help", "earn", "show", "become", "increase", "grow", "raise", "reduce", "cut", "lower", "decrease",
        "improve", "lift", "push", "expand", "save", "spend", "avoid", "stop", "keep")  # fmt: skip
ASIDES = (  # "for free" is no purpose
    "free", "nothing", "now", "sure", "example", "instance", "good", "real", "once", "us", "me", "fun", "certain",
    "that", "this", "all", "it", "ever", "everyone", "everybody", "starters",
)  # fmt: skip
ONES = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19,
}  # fmt: skip
TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
SPELLED = {**ONES, **TENS, "half": 0.5, "dozen": 12, "hundred": 100, "thousand": 1e3, "million": 1e6}
SCALES = {  # behind digits; k and m are what a number is typed with
    "k": "k", "m": "m", "million": "m", "millions": "m", "thousand": "k", "hundred": "h", "billion": "b", "bn": "b",
    "mio": "m", "mn": "m", "mln": "m", "grand": "k",
}  # fmt: skip
MONEY = {"euro": "EUR", "euros": "EUR", "dollar": "USD", "dollars": "USD", "pounds": "GBP", "pound": "GBP",
         "francs": "CHF", "yen": "JPY"}  # fmt: skip
CODES = ("eur", "usd", "gbp", "chf", "jpy", "inr", "brl", "cad", "aud", "sek", "nok", "dkk", "pln", "czk")
POLITE = (
    "on ads", "on adverts", "on advertising",  # said before any goal; "like" and "have" in them are no words of a goal
    "would like to", "i'd like to", "we'd like to", "would like", "want to", "wants to", "need to", "aim for", "aim to",
    "go for", "going to", "our goal is", "my goal is", "the goal is", "goal is", "our aim is", "my aim is",
    "have to", "should have", "plan to", "look for", "hope to", "a total of",
    "in total", "in all", "try to", "manage to",
)  # fmt: skip
NO_NUMBER = ("few", "couple", "several", "half", "dozens", "hundreds", "thousands", "millions", "lots", "plenty")
LOADED = ("not", "without", "except", "excluding", "unless", "or", "per", "than", "don't", "no", "never", "only",
          "each", "every", "between", "average", "versus", "vs", "fortnightly", "biweekly", "bimonthly", "hourly",
          "nightly", "apiece", "weekdays", "weekday", "if")  # fmt: skip
EMPTY = frozenset((
    "a", "about", "account", "again", "aim", "all", "almost", "also", "altogether", "always", "an", "and",
    "and/or", "approximately", "are", "around", "as", "at", "be", "been", "being", "business", "by", "can",
    "channel", "circa", "company", "could", "count", "during", "ever", "exactly", "followers'", "for", "from",
    "go", "goal", "goals", "h", "had", "has", "have", "having", "he", "hour", "hours", "i", "i'd", "i'll",
    "i've", "in", "is", "it", "it's", "its", "keep", "least", "let's", "lets", "level", "like", "love", "many",
    "mark", "may", "me", "more", "much", "must", "my", "nearly", "need", "needs", "new", "now", "number", "of",
    "on", "once", "one", "our", "our's", "overall", "page", "people", "please", "posts'", "precisely",
    "profile", "rate", "roughly", "shall", "take", "taken", "taking", "she", "should", "so", "some", "stay",
    "target", "team", "that", "the", "their", "then", "there", "these", "they", "this", "those", "through",
    "till", "time", "times", "to", "today's", "total", "until", "up", "us", "value", "via", "want", "wants",
    "was", "we", "we'd", "we'll", "we've", "were", "will", "wish", "with", "would", "you", "your",
))  # fmt: skip
