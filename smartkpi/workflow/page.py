"""What a command hands to the shell: the document to show, the same values as data, and what went wrong beside."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from smartkpi.errors import ExitStatus, SmartKpiError

if TYPE_CHECKING:
    from smartkpi.report.document import Document


class Page(NamedTuple):
    document: "Callable[[], Document]"  # made only when it is shown: `--json` does not pay for it
    data: dict[str, object]
    status: ExitStatus = ExitStatus.DONE
    errors: tuple[SmartKpiError, ...] = ()  # told on stderr, one by one
