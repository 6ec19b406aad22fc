"""Which exports are known, and that a new one is one TOML file and one sample."""

import json
from collections.abc import Callable
from pathlib import Path

from kit import Result

Run = Callable[..., Result]
NEWSLETTER = """
id = "letterbox"
title = "Letterbox · campaigns"
report = "campaigns"
platforms = ["mailchimp"]
how = ["Open letterbox.example and choose Reports", "Download > CSV: letterbox_<name>_<day>.csv"]
date_formats = ["%d.%m.%Y"]
files = ['letterbox_(?P<account>.+)_(?P<as_of>\\d{4}-\\d\\d-\\d\\d)']
[[tables]]
name = "By day"
shape = "daily"
total_labels = ["Sum"]
columns = [
    { names = ["Day", "Tag"], role = "date" },
    { names = ["New readers", "Neue Leser"], metric = "new_subscribers" },
    { names = ["Clicks", "Klicks"], metric = "clicks" },
]
"""
SAMPLE = "Tag,Neue Leser,Klicks\n02.03.2026,4,31\n03.03.2026,0,28\nSum,4,59\n"


def test_forty_exports_and_more_are_listed_with_the_way_to_download_them(smartkpi: Run) -> None:
    known = json.loads(smartkpi("platforms", "--json").out)["exports"]
    assert len(known) >= 40
    assert all(export["how"] and all(step.strip() for step in export["how"]) for export in known)
    shown = smartkpi("platforms").out
    assert all(export["title"] in shown for export in known)


def test_a_new_report_is_one_file_of_words_and_one_sample(smartkpi: Run, tmp_path: Path) -> None:
    sample = tmp_path / "letterbox_Café_2026-03-04.csv"
    sample.write_text(SAMPLE, encoding="utf-8")
    assert smartkpi("import", sample).exit_status == 1
    (tmp_path / "profiles").mkdir()
    (tmp_path / "profiles" / "letterbox.toml").write_text(NEWSLETTER, encoding="utf-8")
    assert "Letterbox · campaigns" in smartkpi("platforms").out
    done = smartkpi("import", sample)
    assert (done.exit_status, done.err) == (0, "")
    rows = smartkpi("export", "observations", "--csv").out.splitlines()[1:]
    assert [row.split(",")[4] + " " + ",".join(row.split(",")[-3:]) for row in rows] == [
        "clicks 2026-03-02,2026-03-03,31",
        "clicks 2026-03-03,2026-03-04,28",
        "new_subscribers 2026-03-02,2026-03-03,4",
        "new_subscribers 2026-03-03,2026-03-04,0",
    ]
