"""The settings of an export, as its filters table states them, become one canonical text: what its numbers are of."""

from collections.abc import Iterable

from smartkpi.ingest.table import RawTable
from smartkpi.ingest.words import fold
from smartkpi.model.profile import Role

# Settings that do not change what a day's number means: the range itself, and the kind of search that is the default.
RANGES = frozenset(("date", "dates", "fecha", "datum", "data"))
DEFAULTS = frozenset(("web",))
# One word for one setting in every language, so that a French export goes on where an English one ended.
SETTINGS = {
    "type de recherche": "search type",
    "tipo de búsqueda": "search type",
    "suchtyp": "search type",
    "requête": "query",
    "consulta": "query",
    "página": "page",
    "seite": "page",
    "pays": "country",
    "país": "country",
    "appareil": "device",
    "dispositivo": "device",
}


def settings(table: RawTable) -> tuple[tuple[str, str], ...]:
    """The (setting, value) rows of a filters table, in the file's words."""
    key, value = table.match.role(Role.KEY), table.match.role(Role.VALUE)
    if key is None or value is None:
        return ()
    return tuple((row[key.at].strip(), row[value.at].strip()) for _, row in table.rows())


def scope(rows: Iterable[tuple[str, str]]) -> str:
    """'' when nothing is filtered; else "page=+/blog/; query=shed", sorted."""
    kept = []
    for key, value in rows:
        name = SETTINGS.get(fold(key), fold(key))
        if name not in RANGES and not (name == "search type" and fold(value) in DEFAULTS):
            kept.append(f"{name}={value}")
    return "; ".join(sorted(kept))
