"""Writes the sample folders: made-up exports, byte-faithful to their platforms, beside what they state.

Every module beside this one that has `cases()` is a family. `python tests/samples/make.py web social` writes only
these; without names it writes all of them, and removes what no family makes.
"""

import shutil
import sys
from collections.abc import Iterable
from importlib import import_module

from forms import HERE, Case


def families() -> dict[str, list[Case]]:
    """The cases of every family, by the name of its module."""
    modules = {path.stem: import_module(path.stem) for path in sorted(HERE.glob("*.py")) if path.stem != "make"}
    return {name: list(module.cases()) for name, module in modules.items() if hasattr(module, "cases")}


def write(cases: Iterable[Case]) -> None:
    for case in cases:
        shutil.rmtree(HERE / case.folder, ignore_errors=True)
        case.write()


def main(names: list[str]) -> None:
    made = families()
    for name in names or made:
        write(made[name])
    if not names:
        kept = {case.folder for cases in made.values() for case in cases}
        for folder in HERE.glob("*/*/"):
            if folder.is_dir() and folder.relative_to(HERE).as_posix() not in kept:
                shutil.rmtree(folder)


if __name__ == "__main__":
    main(sys.argv[1:])
