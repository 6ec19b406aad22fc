"""`platforms`: every known export, and where to click to download it; and the names of platforms."""

from pathlib import Path

from smartkpi.errors import SmartKpiError
from smartkpi.knowledge import loader
from smartkpi.report import data
from smartkpi.workflow.page import Page

ELSEWHERE = "other"  # a place that has no entry of its own


def platform_id(text: str) -> str:
    """The id of the platform that somebody typed; '' stays ''."""
    if not text:
        return ""
    from smartkpi.workflow import names

    return names.find_platform(
        text, {p: (found["name"], *found.get("words", ())) for p, found in loader.platforms().items()}
    )


def labels() -> dict[str, str]:
    """Platform id -> the name that people read."""
    return {p: found["name"] for p, found in loader.platforms().items()}


def listing(platform: str, user_folder: Path | None) -> Page:
    """The exports of one platform, or of all."""
    from smartkpi.report.views import platforms as views

    only = platform_id(platform)
    unread: list[SmartKpiError] = []
    found = [card for card in loader.cards(user_folder, unread) if only in ("", *card.platforms)]
    shown = data.envelope("platforms", exports=[data.card(card) for card in found])
    return Page(lambda: views.platform_list(found, labels()), shown, errors=tuple(unread))
