"""Draws the picture of the README, `docs/status.svg`, from the demo's own database: python docs/picture.py"""

import io
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

from rich.console import Console

from smartkpi.report.terminal import draw
from smartkpi.workflow import judging

HERE = Path(__file__).resolve().parent
WIDTH = 104


def main() -> None:
    told = subprocess.run([sys.executable, "-m", "smartkpi", "demo"], capture_output=True, text=True, check=True).stdout
    db = re.search(r"The trial database is (\S+):", told)
    assert db is not None, told
    page = judging.status(Path(db[1]), date(2026, 11, 22).toordinal())
    console = Console(
        record=True, width=WIDTH, file=io.StringIO(), force_terminal=True, color_system="truecolor",
        markup=False, highlight=False, emoji=False,
    )  # fmt: skip
    draw(page.document(), console)
    svg = console.export_svg(title="smartkpi status", unique_id="smartkpi")
    without_fonts_from_elsewhere = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    (HERE / "status.svg").write_text(without_fonts_from_elsewhere, encoding="utf-8")


if __name__ == "__main__":
    main()
