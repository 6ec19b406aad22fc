"""`platforms`: every known export, and where to click to download it."""

from pathlib import Path

from smartkpi.knowledge import loader
from smartkpi.report import data
from smartkpi.report.views import imports as views
from smartkpi.workflow.goals import labels, platform_id
from smartkpi.workflow.page import Page


def listing(platform: str, user_folder: Path | None) -> Page:
    """The exports of one platform, or of all."""
    only = platform_id(platform)
    found = [p for p in loader.profiles(user_folder) if only in ("", *p.platforms)]
    return Page(
        views.platform_list(found, labels()), data.envelope("platforms", exports=[data.profile(p) for p in found])
    )
