"""The tables and views of the file, as steps that are only ever appended to."""

import sqlite3

from sqlite_utils import Database, Migrations

STEPS = Migrations("smartkpi")


def migrate(conn: sqlite3.Connection, application_id: int) -> None:
    """Applies the steps that the file lacks; the caller holds a write transaction."""
    for sql in LEDGER:
        conn.execute(sql)
    STEPS.apply(Database(conn, execute_plugins=False))
    done = conn.execute("select count(*) from _sqlite_migrations where migration_set = 'smartkpi'").fetchone()[0]
    conn.execute(f"pragma application_id = {application_id:d}")
    conn.execute(f"pragma user_version = {done:d}")


@STEPS()
def first(db: Database) -> None:
    """Accounts, series, batches and what they state, goals, objectives, changes."""
    for sql in (*PEOPLE, *NUMBERS, *VIEWS):
        db.conn.execute(sql)


@STEPS()
def second(db: Database) -> None:
    """Milestones, pauses, repeating goals, what objectives are measured by, how wide a goal's own past makes ranges."""
    for sql in SECOND:
        db.conn.execute(sql)


@STEPS()
def third(db: Database) -> None:
    """Goals that ask for something each month, not each week."""
    db.conn.execute("alter table goal add column every text not null default 'week' check(every in ('week', 'month'))")


# What sqlite_utils would make itself, but STRICT.
LEDGER = (
    """create table if not exists _sqlite_migrations(
        id integer primary key, migration_set text not null, name text not null, applied_at text not null) strict""",
    "create unique index if not exists migration_once on _sqlite_migrations(migration_set, name)",
)

FINITE = "between -1.7976931348623157e308 and 1.7976931348623157e308"  # no inf; NaN arrives as NULL

PEOPLE = (
    """create table account(
        id integer primary key,
        uid text not null unique,
        platform text not null,
        name text not null,
        folded text not null, -- the name as `find` compares it: case does not matter
        merged_into integer references account(id)) strict""",
    # Not unique: an account whose only import was undone may keep a name that another one has since been given.
    "create index account_name on account(platform, folded)",
    """create table objective(
        id integer primary key,
        uid text not null unique,
        name text not null unique) strict""",
    f"""create table goal(
        id integer primary key,
        uid text not null unique,
        slug text not null,
        title text not null,
        metric text not null,
        form text not null,
        target real not null check(target {FINITE}),
        start integer not null,
        deadline integer not null check(deadline >= start),
        direction text not null check(direction in ('up', 'down')),
        baseline real check(baseline {FINITE}),
        baseline_day integer,
        platform text not null,
        accounts text not null check(json_valid(accounts)), -- uids
        campaign text not null,
        report text not null,
        unit text not null,
        "window" integer not null check("window" > 0),
        share real not null check(share between 0 and 1),
        objective text references objective(uid),
        owner text not null,
        why text not null,
        state text not null check(state in ('active', 'closed', 'removed')),
        closed_on integer,
        closed_because text not null,
        created integer not null) strict""",
    "create unique index goal_slug on goal(slug) where state <> 'removed'",
    "create table metric(id text primary key, definition text not null check(json_valid(definition))) strict",
    """create table change(
        id integer primary key,
        uid text not null unique,
        at text not null,
        command text not null,
        kind text not null,
        undone integer unique, -- NULL: its rows stand; else the how-manieth undo took it back
        redoable integer not null default 0 check(redoable in (0, 1))) strict""",
    """create table change_row(
        change integer not null references change(id),
        seq integer not null,
        thing text not null,
        uid text not null,
        before text check(before is null or json_valid(before)), -- NULL: the row was made
        after text check(after is null or json_valid(after)), -- NULL: the row was deleted
        day integer,
        primary key(change, seq)) strict, without rowid""",
    "create index change_row_uid on change_row(uid)",
)

NUMBERS = (
    # days: how many days one value covers; 0 = the values are those of items, a "day" is an item's number
    """create table series(
        id integer primary key,
        account integer not null references account(id),
        metric text not null,
        report text not null,
        scope text not null,
        breakdown_kind text not null,
        breakdown text not null,
        unit text not null,
        days integer not null check(days >= 0),
        complete integer not null default 0 check(complete in (0, 1)), -- its kind of breakdown adds up to the whole
        unique(account, report, metric, breakdown_kind, breakdown, scope, unit, days)) strict""",
    "create index series_metric on series(metric, breakdown_kind, breakdown)",
    """create table batch(
        id integer primary key,
        rank integer not null unique, -- as_of * 2**24 + id: orders batches from old to new
        uid text not null unique,
        change integer not null references change(id),
        active integer not null check(active in (0, 1)),
        undone_with_change integer not null default 0 check(undone_with_change in (0, 1)),
        file text not null,
        member text not null,
        sha256 text not null,
        fingerprint text not null, -- of the table and of how it was read: the same again is the same import
        profile text not null,
        profile_version integer not null,
        report text not null,
        "table" text not null,
        as_of integer not null,
        lag integer not null,
        full_through integer not null, -- days after it may still change
        imported_at text not null,
        first_day integer,
        last_day integer,
        new integer not null,
        same integer not null,
        restated integer not null,
        kept_out integer not null,
        items integer not null) strict""",
    "create index batch_change on batch(change)",
    "create index batch_fingerprint on batch(fingerprint)",
    """create table batch_account(
        batch integer not null references batch(id),
        account integer not null references account(id),
        primary key(batch, account)) strict, without rowid""",
    "create index batch_account_account on batch_account(account)",
    # No foreign keys on the two bulk tables: each would be looked up for every value.
    f"""create table observation(
        series integer not null,
        day integer not null,
        value real not null check(value {FINITE}),
        primary key(series, day)) strict, without rowid""",
    f"""create table displaced(
        series integer not null,
        day integer not null,
        rank integer not null, -- batches below it say `value`
        value real not null check(value {FINITE}),
        primary key(series, day, rank)) strict, without rowid""",
    """create table coverage(
        series integer not null references series(id),
        rank integer not null references batch(rank),
        first_day integer not null,
        last_day integer not null check(last_day >= first_day),
        days blob, -- NULL: every day from first to last; else one bit a day
        omitted blob, -- the stated days that the platform leaves out because they are 0; bits from first_day on
        primary key(series, rank)) strict, without rowid""",
    """create table item(
        account integer not null references account(id),
        number integer not null,
        external_id text not null,
        rank integer not null, -- of the export that the words below are from
        kind text not null,
        published text not null,
        title text not null,
        link text not null,
        primary key(account, number),
        unique(account, external_id)) strict, without rowid""",
)

SECOND = (
    "alter table goal add column milestones text not null default '[]' check(json_valid(milestones))",  # [day, value]
    "alter table goal add column pauses text not null default '[]' check(json_valid(pauses))",  # [first, last, why]
    """alter table goal add column repeat text not null default ''
        check(repeat in ('', 'week', 'month', 'quarter', 'year'))""",
    "alter table goal add column data_every integer not null default 0 check(data_every >= 0)",  # days
    "alter table goal add column learned text not null default ''",
    "alter table objective add column metric text not null default ''",
    """create table backtest(
        goal text primary key references goal(uid) on delete cascade,
        last_day integer not null, -- the newest day that it rests on
        factor real not null check(factor > 0), -- times the width of the range
        looks integer not null,
        token text not null) strict -- the state of the file that it was worked out from""",
)

ISO = "date({0} + 1721424.5)"  # a Julian day: 1721424.5 is the day before 1 January of year 1

VIEWS = (
    f"""create view daily_values as
        select a.platform, a.name as account, s.report, s.scope, s.metric, s.unit, s.breakdown_kind, s.breakdown,
            {ISO.format("o.day")} as day, o.value
        from series s join account a on a.id = s.account join observation o on o.series = s.id
        where a.merged_into is null and s.days = 1""",
    f"""create view goal_inputs as
        -- One row for each goal and day of every series of the metric that the goal names, and no more: the parts
        -- that a ratio is worked out of, and the gains that a level is worked back from, are in daily_values.
        select g.slug as goal, g.title, g.target, {ISO.format("g.start")} as start,
            {ISO.format("g.deadline")} as deadline, a.platform, a.name as account, s.report, s.metric,
            s.breakdown_kind, s.breakdown, s.unit, {ISO.format("o.day")} as day, o.value
        from goal g join series s on s.metric = g.metric join account a on a.id = s.account
            join observation o on o.series = s.id and o.day between g.start and g.deadline
        where g.state <> 'removed' and s.days = 1 and a.merged_into is null
            and (g.accounts = '[]' or exists(select 1 from json_each(g.accounts) u where u.value = a.uid))
            and g.platform in ('', a.platform) and g.report in ('', s.report)
            and ((g.campaign = '' and s.breakdown_kind = '')
                or (s.breakdown_kind = 'campaign' and s.breakdown = g.campaign))""",
    f"""create view import_log as
        select b.id as number, b.imported_at, b.file, b.member, b.profile, b.report,
            (select group_concat(a.platform || ': ' || a.name, ', ') from batch_account x
                join account a on a.id = x.account where x.batch = b.id) as accounts,
            {ISO.format("b.as_of")} as as_of, {ISO.format("b.first_day")} as first_day,
            {ISO.format("b.last_day")} as last_day, b.new, b.same, b.restated, b.kept_out, b.items,
            case b.active when 1 then 'stands' else 'undone' end as state, c.command
        from batch b join change c on c.id = b.change""",
)
