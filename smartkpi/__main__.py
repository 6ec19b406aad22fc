"""The console script, and `python -m smartkpi`: loads the program and runs it."""

import gc
from typing import NoReturn


def main() -> NoReturn:
    """Runs what was typed. Nothing that is being loaded is garbage: not looking for any saves a sixth of `status`."""
    gc.disable()
    from smartkpi.cli.app import main as run

    gc.freeze()
    gc.set_threshold(50_000)  # values that come and go in one command; only cycles wait for it
    gc.enable()
    run()


if __name__ == "__main__":
    main()
