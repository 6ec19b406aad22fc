"""One table to be extracted, and all that was said of it by its user, its name, its siblings and the lines above."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from smartkpi.errors import FileRefusedError
from smartkpi.ingest.dates import NTH, Stamp, StampReader, choose, date_format, lacks_year, names_whole
from smartkpi.ingest.origin import Origin
from smartkpi.ingest.repeats import Claim
from smartkpi.ingest.table import RawTable
from smartkpi.ingest.years import in_years
from smartkpi.model.period import iso
from smartkpi.model.profile import Numbers, Shape


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the user said on the command line, for every file alike. Days are ordinals; `year` is of the newest row."""

    today: int
    as_of: int | None = None
    numbers: Numbers | None = None
    date_format: str = ""
    encoding: str = ""
    year: int | None = None
    covers: tuple[int, int] | None = None  # the first and last day of totals, where the file does not state them
    currency: str = ""  # of amounts that say none


@dataclass(frozen=True, slots=True)
class Siblings:
    """What the tables of one file have shown so far: for each profile its date format, and which tables there were.

    `charts` are the first and the last day of a profile's daily table without a gap, `gapped` of one with gaps.
    """

    proven: dict[str, str] = field(default_factory=dict)
    charts: dict[str, tuple[int, int]] = field(default_factory=dict)
    gapped: dict[str, tuple[int, int]] = field(default_factory=dict)
    claims: list[Claim] = field(default_factory=list)


class NoRangeError(FileRefusedError):
    """Totals of a range that is nowhere stated: this table is left out, its siblings are not."""


@dataclass(frozen=True, slots=True)
class Task:
    """One table, the scope that its siblings state, and what was said of it."""

    table: RawTable
    scope: str
    wishes: Wishes
    notes: tuple[str, ...]
    origin: Origin
    siblings: Siblings

    @property
    def name(self) -> str:
        return self.table.source.member.name

    @property
    def date_formats(self) -> tuple[str, ...]:
        return (self.wishes.date_format,) if self.wishes.date_format else self.table.match.date_formats

    @property
    def stated_as_of(self) -> int | None:
        """The day of the export, where the user, the name or the file says it."""
        return self.wishes.as_of if self.wishes.as_of is not None else self.origin.as_of

    @property
    def newest(self) -> int:
        """The last day that it can state; one day is left for time zones."""
        as_of, today = self.stated_as_of, self.wishes.today
        return (today if as_of is None else min(today, as_of)) + 1

    def refuse_future(self, days: Mapping[str, int], lines: Mapping[str, int]) -> None:
        """Days after the export are damage, such as a column filled down; `lines` has those of its rows."""
        late = next((text for text, day in days.items() if day > self.newest), None)
        if late is not None:
            export = self.newest - 1
            when = "today" if export == self.wishes.today else f"the export of {iso(export)}"
            of_a_row = late in lines
            said = f"Line {lines[late]}: “{late}” is {iso(days[late])}." if of_a_row else f"Its range ends on {late}."
            raise FileRefusedError(
                f"{self.name}: it states days after {when}.",
                details=(said,),
                hints=("Download the export again: its days were changed by another program.",),
            )

    def written(self, texts: list[str]) -> str:
        """How a column of days is written; what a daily table proves also holds for its siblings.

        Raises FileRefusedError for months and years, unless each row is of such a period.
        """
        profile, table = self.table.match.profile.id, self.table.match.table
        found = choose(texts, self.date_formats, where=self.name, proven=self.siblings.proven.get(profile, ""))
        if not table.period:
            self._refuse_months(found, texts)
        if table.shape is Shape.DAILY and found != NTH:
            self.siblings.proven[profile] = found
        return found

    def reader(self, texts: list[str]) -> StampReader:
        """What reads a column of days; `texts` stand in the order of the file.

        Raises NoRangeError for days counted from a day that is not stated, FileRefusedError for months where days are
        meant and for days whose year cannot be known.
        """
        found = self.written(texts)
        if found == NTH:
            return self._counted(date_format(found))
        return self._dated(texts, date_format(found)).get if lacks_year(found) else date_format(found)

    def _refuse_months(self, found: str, texts: list[str]) -> None:
        if names_whole(found):
            raise FileRefusedError(
                f"{self.name}: “{texts[0]}” is a month or a year, not a day.",
                hints=("Export it by day.", "Or keep it as totals: smartkpi import FILE --map --period month"),
            )

    def _dated(self, texts: list[str], read: StampReader) -> dict[str, Stamp]:
        return in_years(texts, read, where=self.name, year=self.wishes.year, as_of=self.stated_as_of)

    def _counted(self, read: StampReader) -> StampReader:
        """Day 0000 is the first day of the table's own range."""
        begin, end = self.origin.begin, self.origin.end
        if begin is None or end is None:
            raise NoRangeError("days counted from the first day of a range that the file does not state")

        def counted(text: str) -> Stamp | None:
            stamp = read(text)
            if stamp and begin + stamp.day > end:
                raise FileRefusedError(
                    f"{self.name}: day “{text}” lies after the range, which ends on {iso(end)}.",
                    hints=("Download the export again.",),
                )
            return Stamp(begin + stamp.day) if stamp else None

        return counted
