"""ZIPs: what platforms pack, and what hostile hands do."""

import io
import stat
import zipfile
from pathlib import Path

import pytest
from ingest_kit import DAYS, PAGES, TODAY, day, lines, refusal, values

from smartkpi.ingest import archive
from smartkpi.ingest.read import Reading, extractions

TABLE = lines(["Page,Date,Clicks,Views", "a,2026-01-01,1,10"])
OTHER = lines(["Page,Date,Clicks,Views", "b,2026-01-01,2,20"])


def packed(members: dict[str, bytes], folder: Path, name: str = "export.zip") -> Path:
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for member, data in members.items():
            file.writestr(member, data)
    return path


def one(path: Path) -> Reading:
    (reading,) = extractions(path, [PAGES, DAYS], today=TODAY)
    return reading


def test_a_zip_is_one_reading_of_all_its_members(tmp_path: Path) -> None:
    path = packed(
        {"in/a.csv": TABLE, "b.csv": OTHER, "__MACOSX/a.csv": TABLE, ".b.csv": TABLE, "c.pdf": b"x"}, tmp_path
    )
    reading = one(path)
    assert [extraction.where for extraction in reading.extractions] == ["export.zip › in/a.csv", "export.zip › b.csv"]
    assert [extraction.file for extraction in reading.extractions] == ["export.zip"] * 2
    assert len({extraction.sha256 for extraction in reading.extractions}) == 2
    assert values(reading.extractions[1])["b", "views", day("2026-01-01")] == 20
    assert [left.tables for left in reading.left_out] == [("c.pdf",)]


def test_the_same_bytes_have_the_same_sha(tmp_path: Path) -> None:
    path = packed({"a.csv": TABLE}, tmp_path)
    copy = tmp_path / "copy.zip"
    copy.write_bytes(path.read_bytes())
    assert one(path).extractions[0].sha256 == one(copy).extractions[0].sha256


@pytest.mark.parametrize("evil", ["../evil.csv", "a/../../evil.csv", "/etc/evil.csv", "..\\evil.csv", "C:\\evil.csv"])
def test_a_zip_that_leaves_its_folder_is_refused_as_a_whole(evil: str, tmp_path: Path) -> None:
    reading = one(packed({"good.csv": TABLE, evil: TABLE}, tmp_path))
    assert "outside of its folder" in refusal(reading)


def test_a_bomb_is_refused_by_what_it_unpacks_to(tmp_path: Path) -> None:
    path = packed({"a.csv": TABLE + b"0" * (300 * 1024 * 1024 // 100)}, tmp_path)
    assert "200 times its size" in refusal(one(path))


def test_limits_of_size_and_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = packed({"a.csv": TABLE, "b.csv": OTHER}, tmp_path)
    for limit, why in (
        ("MOST_MEMBERS", "a ZIP of 2 tables"),
        ("MOST_BYTES", "more than 200 MB"),
        ("MOST_BYTES_IN_ALL", "more than 500 MB"),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(archive, limit, 1)
            assert why in refusal(one(path))


def test_links_and_encrypted_members_are_not_read(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as file:
        link = zipfile.ZipInfo("link.csv")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        file.writestr(link, "/etc/passwd")
        file.writestr("a.csv", TABLE)
    data = bytearray(path.read_bytes())
    assert [extraction.member for extraction in one(path).extractions] == ["a.csv"]
    for marker, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.rindex(marker) + offset] |= 1
    path.write_bytes(data)
    assert one(path).unknown


def test_a_damaged_zip_is_refused(tmp_path: Path) -> None:
    path = packed({"a.csv": TABLE * 400}, tmp_path)
    data = bytearray(path.read_bytes())
    for at in range(60, 75):
        data[at] ^= 0xFF
    path.write_bytes(data)
    assert "damaged ZIP" in refusal(one(path))
    path.write_bytes(bytes(data[:100]))
    assert "damaged ZIP" in refusal(one(path))


def test_two_members_of_one_name_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as file, pytest.warns(UserWarning, match="Duplicate"):
        file.writestr("a.csv", TABLE)
        file.writestr("a.csv", OTHER)
    assert "have the same name" in refusal(one(path))


def test_a_zip_through_a_pipe(tmp_path: Path) -> None:
    data = packed({"a.csv": TABLE}, tmp_path).read_bytes()
    (reading,) = extractions(io.BytesIO(data), [PAGES], today=TODAY)
    assert values(reading.extractions[0])["a", "clicks", day("2026-01-01")] == 1


def test_one_refused_member_refuses_the_zip(tmp_path: Path) -> None:
    torn = lines(["Page,Date,Clicks,Views", 'a,2026-01-01,1,"10'])
    assert "bad.csv: the quotes" in refusal(one(packed({"a.csv": TABLE, "bad.csv": torn}, tmp_path)))


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert "cannot be read" in refusal(one(tmp_path / "nothing.csv"))
