"""Samples of what newsletter programs export."""

import csv
from collections.abc import Iterable

from forms import Case, Row, comma

HEADER = (
    "Title", "Subject", "List", "Send Date", "Send Weekday", "Total Recipients", "Successful Deliveries",
    "Soft Bounces", "Hard Bounces", "Total Bounces", "Times Forwarded", "Forwarded Opens", "Unique Opens", "Open Rate",
    "Total Opens", "Unique Clicks", "Click Rate", "Total Clicks", "Unsubscribes", "Abuse Complaints",
    "Times Liked on Facebook", "Folder Id", "Unique Id", "Total Orders", "Total Gross Sales", "Total Revenue",
)  # fmt: skip
METRICS = (
    "emails_sent", "emails_delivered", "emails_bounced", "emails_opened", "email_opens", "emails_clicked", "clicks",
    "lost_subscribers", "spam_complaints", "orders", "revenue",
)  # fmt: skip
SPRING = (1751, 1746, 5, 485, 902, 61, 88, 4, 0, 3, 96.5)
HOURS = (1760, 1755, 5, 512, 801, 9, 9, 11, 1, 0, 0)
MAILS = {
    "3f9c1a7e02": ("Spring menu", "Mar 03, 2026 09:30 pm", "2026-03-03T21:30", SPRING),
    "77ab00d1e5": ("Opening hours", "Mar 17, 2026 12:05 am", "2026-03-17T00:05", HOURS),
}


def cases() -> Iterable[Case]:
    """Mailchimp: a cell with a space is quoted; the numbers are those since each e-mail was sent."""
    case = Case("mailchimp-campaigns/two-campaigns", "newsletter", "", "campaigns")
    rows: list[Row] = [HEADER]
    for uid, (title, sent, published, numbers) in MAILS.items():
        to, arrived, back, opened, opens, clicked, clicks, left, spam, orders, revenue = numbers
        rates = (f"{100 * opened / arrived:.2f}%", f"{100 * clicked / arrived:.2f}%")
        head = (title, "What is new", "Guests", sent, "Tuesday", f"{to:,}", f"{arrived:,}", back, 0, back, 0, 0)
        tail = (clicks, left, spam, 0, "", uid, orders, revenue, revenue)
        rows.append((*head, opened, rates[0], opens, clicked, rates[1], *tail))
        case.item(uid, published, "e-mail", dict(zip(METRICS, numbers, strict=True)))
    case.files["campaigns.csv"] = comma(rows, quoting=csv.QUOTE_NONNUMERIC)
    yield case
