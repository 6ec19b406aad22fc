"""What a command hands to the shell: the document to show, the same values as data, and what went wrong beside."""

from dataclasses import dataclass, field

from smartkpi.errors import ExitStatus, SmartKpiError
from smartkpi.report.document import Document


@dataclass(frozen=True, slots=True)
class Page:
    document: Document
    data: dict[str, object] = field(default_factory=dict)
    status: ExitStatus = ExitStatus.DONE
    errors: tuple[SmartKpiError, ...] = ()  # told on stderr, one by one
