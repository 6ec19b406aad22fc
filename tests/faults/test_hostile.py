"""Hostile files: each is refused by the real program in seconds, in little memory, in one message."""

import hashlib
import io
import json
import os
import random
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

SECONDS = 5.0  # of the processor: others may be busy on the same machine
PATIENCE = 60.0
MEGABYTES = 300
DAILY = b"Date,Impressions,Likes,Engagements,New follows,Unfollows,Profile visits\n"  # X's account overview
ROW = b'"Tue, Aug 26, 2025",10,1,2,0,0,1\n'

# A process of its own measures, because what tests hold in memory would count for their children too.
MEASURE = """
import json, resource, subprocess, sys, time
resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))
begun = time.monotonic()
done = subprocess.run(sys.argv[2:], stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=float(sys.argv[1]),
                      stdin=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps({"status": done.returncode, "out": done.stdout.decode(), "err": done.stderr.decode(),
                  "cpu": used.ru_utime + used.ru_stime, "wall": time.monotonic() - begun, "mb": used.ru_maxrss / 1024}))
"""


def smartkpi(db: Path, *arguments: object) -> list[str]:
    return [sys.executable, "-m", "smartkpi", "--db", str(db), *map(str, arguments)]


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with a number in it, which nothing here may change."""
    db = tmp_path_factory.mktemp("kept") / "kpi.db"
    account = ("--account", "Café", "--platform", "x", "--new-account")
    subprocess.run(smartkpi(db, "record", "followers", "1206", *account), check=True, capture_output=True)
    return db


def refused(db: Path, path: object, *flags: str) -> str:
    """What the program says of a file that it refuses, after every promise was checked."""
    before = hashlib.sha256(db.read_bytes()).hexdigest()
    command = smartkpi(db, "import", path, "--account", "Café", "--platform", "x", *flags)
    launched = subprocess.run(
        [sys.executable, "-c", MEASURE, str(PATIENCE), *command], capture_output=True, text=True, check=True
    )
    found = json.loads(launched.stdout)
    said = f"{found['cpu']:.1f} s of processor, {found['wall']:.1f} s, {found['mb']:.0f} MB\n{found['err'][:2000]}"
    print(said)
    assert found["status"] == 1, found
    assert "Traceback" not in found["err"]
    assert found["err"].count("smartkpi: ") == 1, said
    assert found["err"].rstrip().endswith(("Nothing was changed.", "Nothing of it was read.")), said
    assert len(found["err"]) < 3000
    assert found["out"] == ""
    assert found["cpu"] < SECONDS, said
    assert found["mb"] < MEGABYTES, said
    assert hashlib.sha256(db.read_bytes()).hexdigest() == before
    return str(found["err"])


# ---- ZIPs --------------------------------------------------------------------------------------------------


def zeros(megabytes: int) -> Callable[[zipfile.ZipFile], None]:
    def fill(archive: zipfile.ZipFile) -> None:
        with archive.open("a.csv", "w", force_zip64=True) as member:
            member.write(DAILY)
            for _ in range(megabytes):
                member.write(b"0" * (1 << 20))

    return fill


def zipped(path: Path, *fills: Callable[[zipfile.ZipFile], None]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for fill in fills:
            fill(archive)
    return path


def members(*names: str, data: bytes = DAILY + ROW) -> Callable[[zipfile.ZipFile], None]:
    def fill(archive: zipfile.ZipFile) -> None:
        for name in names:
            archive.writestr(name, data)

    return fill


def test_a_zip_bomb(kept: Path, tmp_path: Path) -> None:
    assert "unpacks to more than" in refused(kept, zipped(tmp_path / "bomb.zip", zeros(400)))


def test_a_zip_bomb_that_declares_to_be_small(kept: Path, tmp_path: Path) -> None:
    path = zipped(tmp_path / "bomb.zip", zeros(300))
    with zipfile.ZipFile(path) as archive:
        size, packed = archive.infolist()[0].file_size, archive.infolist()[0].compress_size
    for said in (1000, packed * 150):
        data = path.read_bytes().replace(struct.pack("<I", size), struct.pack("<I", said))
        lying = tmp_path / f"lying-{said}.zip"
        lying.write_bytes(data.replace(struct.pack("<Q", size), struct.pack("<Q", said)))
        assert "damaged" in refused(kept, lying) or said > 1000


def test_a_zip_in_a_zip(kept: Path, tmp_path: Path) -> None:
    inner = zipped(tmp_path / "inner.zip", members("a.csv")).read_bytes()
    refused(kept, zipped(tmp_path / "nested.zip", members("inner.zip", data=inner)))


def test_a_zip_that_holds_itself_again_and_again(kept: Path, tmp_path: Path) -> None:
    data = DAILY + ROW
    for depth in range(40):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for copy in range(10):
                archive.writestr(f"{depth}-{copy}.zip" if depth else f"{copy}.csv", data)
        data = out.getvalue() if len(out.getvalue()) < 1 << 20 else data
    path = tmp_path / "deep.zip"
    path.write_bytes(data)
    refused(kept, path)


@pytest.mark.parametrize("name", ["../../evil.csv", "/etc/cron.d/evil.csv", "a\\..\\..\\evil.csv", "C:/evil.csv"])
def test_a_zip_that_leaves_its_folder(name: str, kept: Path, tmp_path: Path) -> None:
    path = zipped(tmp_path / "path.zip", members("a.csv", name))
    assert "outside of its folder" in refused(kept, path)
    assert [file.name for file in tmp_path.iterdir()] == ["path.zip"]


@pytest.mark.parametrize("kind", ["csv", "bin"])
def test_a_zip_of_100_000_members(kind: str, kept: Path, tmp_path: Path) -> None:
    path = zipped(tmp_path / "many.zip", members(*(f"{n}.{kind}" for n in range(100_000)), data=b""))
    assert "a ZIP of" in refused(kept, path)


def test_a_zip_of_folders_in_folders(kept: Path, tmp_path: Path) -> None:
    path = zipped(tmp_path / "deep.zip", members("a/" * 20_000 + "a.csv", data=b"nothing,known\n1,2\n"))
    refused(kept, path)


def test_a_zip_whose_members_lie_on_top_of_each_other(kept: Path, tmp_path: Path) -> None:
    """One packed member, named 200 times by the directory: small on disk, 400 MB in all."""
    path = zipped(tmp_path / "overlap.zip", members("0000.csv", data=os.urandom(1024) * 2048))
    data = path.read_bytes()
    begin = data.rindex(b"PK\x01\x02")
    end = data.rindex(b"PK\x05\x06")
    entry = data[begin:end]
    entries = b"".join(entry.replace(b"0000.csv", f"{n:04}.csv".encode()) for n in range(200))
    tail = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 200, 200, len(entries), begin, 0)
    path.write_bytes(data[:begin] + entries + tail)
    refused(kept, path)


# ---- workbooks ---------------------------------------------------------------------------------------------

SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def xlsx(path: Path, sheet: str, *, shared: str = "", sheets: int = 1, doctype: str = "") -> Path:
    """The parts of a workbook by hand: no program would write these."""
    listed = "".join(f'<sheet name="S{n}" sheetId="{n + 1}" r:id="rId1"/>' for n in range(sheets))
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="r" Type="{REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{SPACE}" xmlns:r="{REL}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{REL}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{REL}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'{doctype}<worksheet xmlns="{SPACE}"><sheetData>{sheet}</sheetData></worksheet>',
        "xl/sharedStrings.xml": f'{doctype}<sst xmlns="{SPACE}">{shared}</sst>',
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return path


CELL = '<c r="{}"><v>1</v></c>'
HEADER = "".join(
    f'<c r="{letter}1" t="inlineStr"><is><t>{name}</t></is></c>'
    for letter, name in zip("ABCDEFG", DAILY.decode().strip().split(","), strict=True)
)


def test_cells_in_two_far_corners(kept: Path, tmp_path: Path) -> None:
    rows = f'<row r="1">{CELL.format("A1")}</row><row r="1048576">{CELL.format("XFD1048576")}</row>'
    assert "more than 5 million cells" in refused(kept, xlsx(tmp_path / "corners.xlsx", rows))
    single = rows.replace('"', "'")
    assert "more than 5 million cells" in refused(kept, xlsx(tmp_path / "quotes.xlsx", single))


def test_cells_that_do_not_say_where_they_stand(kept: Path, tmp_path: Path) -> None:
    rows = f"<row>{'<c/>' * 16_383}<c><v>1</v></c></row>" + "<row><c><v>1</v></c></row>" * 200_000
    assert "more than 5 million cells" in refused(kept, xlsx(tmp_path / "places.xlsx", rows))


def test_a_million_cells_at_one_place(kept: Path, tmp_path: Path) -> None:
    cells = "".join(CELL.format("A1") + f"<!--{n}-->" for n in range(1_000_000))
    refused(kept, xlsx(tmp_path / "again.xlsx", f'<row r="1">{cells}</row>'))


def test_shared_strings_that_explode(kept: Path, tmp_path: Path) -> None:
    rng = random.Random(20261122)
    texts = "".join(f"<si><t>{rng.getrandbits(16)}</t></si>" + "<si><t/></si>" * 60 for _ in range(200_000))
    assert len(texts) > 150 << 20
    assert "text" in refused(
        kept, xlsx(tmp_path / "strings.xlsx", f'<row r="1">{CELL.format("A1")}</row>', shared=texts)
    )


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "lol">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghij", "bcdefghijk", strict=True))
    + "]>"
)


def test_an_entity_bomb_in_a_workbook(kept: Path, tmp_path: Path) -> None:
    text = '<row r="1"><c r="A1" t="inlineStr"><is><t>&k;</t></is></c></row>'
    refused(kept, xlsx(tmp_path / "bomb.xlsx", text, shared="<si><t>&k;</t></si>", doctype=BOMB))


def test_an_entity_bomb_in_an_xml_workbook(kept: Path, tmp_path: Path) -> None:
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    text = (
        f'{BOMB}<Workbook xmlns="{space}" xmlns:ss="{space}"><Worksheet ss:Name="a"><Table><Row><Cell>'
        '<Data ss:Type="String">&k;</Data></Cell></Row></Table></Worksheet></Workbook>'
    )
    for name, encoding in (("bomb.xls", "utf-8"), ("wide.xls", "utf-16")):
        (tmp_path / name).write_bytes(text.encode(encoding))
        assert "document type" in refused(kept, tmp_path / name)
    (tmp_path / "plain.xml.csv").write_text(f"{BOMB}<a>&k;</a>", encoding="utf-8")
    assert "XML" in refused(kept, tmp_path / "plain.xml.csv")


def test_an_xml_workbook_of_empty_rows(kept: Path, tmp_path: Path) -> None:
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    text = f'<?xml version="1.0"?><Workbook xmlns="{space}" xmlns:ss="{space}"><Worksheet ss:Name="a"><Table>'
    (tmp_path / "rows.xls").write_text(text + "<Row/>" * 10_000_000, encoding="utf-8")
    assert "rows" in refused(kept, tmp_path / "rows.xls")


def test_a_workbook_of_10_000_sheets(kept: Path, tmp_path: Path) -> None:
    path = xlsx(tmp_path / "sheets.xlsx", f'<row r="1">{CELL.format("A1")}</row>', sheets=10_000)
    assert "sheets" in refused(kept, path)


def test_a_workbook_of_a_million_empty_rows(kept: Path, tmp_path: Path) -> None:
    rows = f'<row r="1">{HEADER}</row><row r="700000">{CELL.format("A700000")}</row>'
    assert "empty" in refused(kept, xlsx(tmp_path / "rows.xlsx", rows))


def test_a_truncated_old_workbook(kept: Path, tmp_path: Path) -> None:
    rng = random.Random(5)
    path = tmp_path / "old.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + rng.randbytes(100_000))
    assert "cut off or damaged" in refused(kept, path)


# ---- text --------------------------------------------------------------------------------------------------


def test_a_line_of_a_gigabyte(kept: Path, tmp_path: Path) -> None:
    path = tmp_path / "line.csv"
    with path.open("wb") as file:
        file.write(DAILY + ROW * 3)
        for _ in range(64):
            file.write(b"x" * (1 << 24))
    assert "a line of more than 1 MB" in refused(kept, path)


@pytest.mark.parametrize("head", [b"", DAILY + ROW * 3])
def test_a_flood_of_nuls(head: bytes, kept: Path, tmp_path: Path) -> None:
    path = tmp_path / "nuls.csv"
    path.write_bytes(head)
    os.truncate(path, 1 << 30)
    refused(kept, path)


@pytest.mark.parametrize("row", [b"\n", b"\r\n", b",,,,,,\n", b"  ;\n"])
@pytest.mark.parametrize("head", [b"", DAILY + ROW, b"Foo,Bar\n1,2\n"])
def test_ten_million_empty_rows(head: bytes, row: bytes, kept: Path, tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_bytes(head + row * 10_000_000)
    refused(kept, path)


def test_ten_million_rows_that_cannot_be_read(kept: Path, tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_bytes(DAILY + ROW + b"x,1,2,3,4,5,6\n" * 10_000_000)
    assert "cannot be read" in refused(kept, path)


def test_a_quote_that_is_never_closed(kept: Path, tmp_path: Path) -> None:
    path = tmp_path / "quote.csv"
    path.write_bytes(DAILY + ROW + b'"' + b"Tue Aug 26 2025 and so on\n" * 400_000)
    assert "the quotes do not fit together" in refused(kept, path)


def test_a_cell_of_ten_megabytes_that_is_never_closed(kept: Path, tmp_path: Path) -> None:
    path = tmp_path / "cell.csv"
    path.write_bytes(DAILY + ROW + b'"' + b"x" * (10 << 20))
    assert "a line of more than 1 MB" in refused(kept, path)


@pytest.mark.parametrize("name", [b"Date", b"x", b""])
def test_a_header_of_half_a_million_columns(name: bytes, kept: Path, tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    path.write_bytes((b"Date," + b",".join([name] * (900_000 // (len(name) + 1))) + b"\n") * 30)
    refused(kept, path)


def test_a_hundred_thousand_tables_in_one_file(kept: Path, tmp_path: Path) -> None:
    path = tmp_path / "tables.csv"
    path.write_bytes((DAILY + ROW + b"\nA line in between\n\n") * 100_000)
    assert "tables" in refused(kept, path)


# ---- what is no file ---------------------------------------------------------------------------------------


def test_a_pipe_into_which_nobody_writes(kept: Path, tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    assert "nothing comes" in refused(kept, path)


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/urandom", "/dev/null"])
def test_a_device(device: str, kept: Path) -> None:
    assert "a device" in refused(kept, device)


def test_an_endless_stream(kept: Path, tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    with subprocess.Popen(["/bin/sh", "-c", f"cat /dev/zero > {path}"], stderr=subprocess.DEVNULL) as writer:
        assert "larger than" in refused(kept, path)
        writer.wait(timeout=PATIENCE)


def test_a_folder_of_10_000_files(kept: Path, tmp_path: Path) -> None:
    for n in range(10_000):
        (tmp_path / f"{n}.csv").write_bytes(b"a,b\n1,2\n")
    assert "10,000" in refused(kept, tmp_path)


def test_a_folder_that_holds_itself(kept: Path, tmp_path: Path) -> None:
    (tmp_path / "again").symlink_to(tmp_path)
    (tmp_path / "again.csv").symlink_to(tmp_path / "again.csv")
    refused(kept, tmp_path / "again.csv")
