"""A page on the screen, as JSON, or as plain lines; errors on stderr; the exit code last."""

import sys

import typer

from smartkpi.cli.context import console
from smartkpi.errors import ExitStatus, SmartKpiError
from smartkpi.report.signs import encodable, visible
from smartkpi.workflow.page import Page


def show(page: Page, *, as_json: bool = False, plain: bool = False) -> None:
    """Show `page` in the asked form and leave with its exit code."""
    for error in page.errors:
        tell(error, end=error is page.errors[-1] and page.status is ExitStatus.FAILED)
    if as_json:
        from smartkpi.report.data import lines

        sys.stdout.write(lines(page.data) + "\n")
    elif plain:
        from smartkpi.report.plain import render

        sys.stdout.write(encodable(render(page.document()), sys.stdout.encoding))
    elif page.status is not ExitStatus.FAILED:
        from smartkpi.report.terminal import draw

        draw(page.document(), console(sys.stdout))
    if page.status is not ExitStatus.DONE:
        raise typer.Exit(page.status)


def tell(error: SmartKpiError, *, end: bool = True) -> None:
    """What happened, where, what to try, and what became of the data."""
    lines = [f"smartkpi: {error.headline}"]
    lines += [f"  {detail}" for detail in error.details]
    lines += [f"  → {hint}" for hint in error.hints]
    if end and error.outcome:
        lines.append(error.outcome)
    for line in lines:
        print(encodable(visible(line), sys.stderr.encoding or "utf-8"), file=sys.stderr)
