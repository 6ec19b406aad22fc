"""The sample cases of shops, customer lists and newsletters, whose rows are counted: HubSpot, Shopify, Substack."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date

from forms import Case, Row, along, comma, days, zipped

ORDER = (
    "Name", "Email", "Financial Status", "Paid at", "Fulfillment Status", "Fulfilled at", "Accepts Marketing",
    "Currency", "Subtotal", "Shipping", "Taxes", "Total", "Discount Code", "Discount Amount", "Shipping Method",
    "Created at", "Lineitem quantity", "Lineitem name", "Lineitem price", "Billing Name", "Billing City", "Phone",
    "Cancelled at", "Payment Method", "Refunded Amount", "Id", "Tags", "Source", "Lineitem discount", "Tax 1 Name",
    "Tax 1 Value",
)  # fmt: skip


def quoted(rows: Iterable[Row]) -> bytes:
    return comma(rows, quoting=csv.QUOTE_ALL)


# ---- Shopify -----------------------------------------------------------------------------------------------


def order(number: int, placed: str, total: str, status: str = "paid", currency: str = "EUR", **more: str) -> list[str]:
    """The first row of an order."""
    said = {
        "Name": f"#{number}", "Email": f"person{number}@mail.example", "Financial Status": status, "Currency": currency,
        "Total": total, "Created at": placed, "Lineitem quantity": "1", "Lineitem name": "Shed, blue",
        "Billing Name": "A. Person", "Id": f"59000000{number}", "Tax 1 Name": "VAT 20%",
    }  # fmt: skip
    said |= {key.replace("_", " "): text for key, text in more.items()}
    return [said.get(name, "") for name in ORDER]


def article(number: int, placed: str) -> list[str]:
    """A further line item of an order: what is of the whole order is blank."""
    said = {"Name": f"#{number}", "Created at": placed, "Lineitem quantity": "2", "Lineitem name": "Hook"}
    return [said.get(name, "") for name in ORDER]


def orders() -> Case:
    """The newest first; of 7 March only a cancelled order, of 5 March nothing, and a second currency."""
    case = Case("shopify-orders/all-orders", "shop", "", "orders")
    rows = [
        order(1009, "2026-03-07 11:20:00 +0100", "45.00", Cancelled_at="2026-03-07 12:00:00 +0100"),
        order(1008, "2026-03-06 23:59:59 +0100", "19.90", "partially_refunded", Refunded_Amount="5.00"),
        order(1007, "2026-03-06 10:00:00 +0100", "30.00", "refunded", Refunded_Amount="30.00"),
        order(1006, "2026-03-04 09:30:00 +0100", "12.50", currency="CHF"),
        article(1006, "2026-03-04 09:30:00 +0100"),
        order(1005, "2026-03-04 08:15:00 +0100", "99.99"),
        order(1004, "2026-03-03 19:50:32 +0400", "20.10", "pending"),
        order(1003, "2026-03-02 17:05:10 +0100", "0.20"),
        article(1003, "2026-03-02 17:05:10 +0100"),
        article(1003, "2026-03-02 17:05:10 +0100"),
        order(1002, "2026-03-02 00:00:01 +0100", "0.10"),
        order(1001, "2026-03-02 00:00:00 +0100", "70.00", "voided"),
    ]
    case.files["orders_export.csv"] = comma([ORDER, *rows])
    case.daily("orders", {date(2026, 3, 2): 2, date(2026, 3, 4): 2, date(2026, 3, 6): 1})
    case.daily("revenue", {date(2026, 3, 2): 0.3, date(2026, 3, 4): 99.99, date(2026, 3, 6): 19.9}, unit="EUR")
    case.daily("revenue", {date(2026, 3, 4): 12.5}, unit="CHF")
    return case


def sales() -> Case:
    """A comparison has a twin of every column."""
    case = Case("shopify-sales/with-a-comparison", "shop", "", "total sales over time")
    names = [
        "Day", "Orders", "Gross sales", "Discounts", "Returns", "Net sales", "Shipping charges", "Duties",
        "Additional fees", "Taxes", "Total sales",
    ]  # fmt: skip
    found = {
        "orders": [2, 0, 3],
        "gross_sales": [120, 0, 99.5],
        "net_sales": [110, 0, 90.25],
        "revenue": [118, 0, 97.5],
    }
    rows: list[Sequence[object]] = []
    for i, day in enumerate(days(3)):
        count, gross, net, total = (values[i] for values in found.values())
        now = [day, count, gross, net - gross, 0, net, total - net, 0, 0, 0, total]
        rows.append([*now, date(2026, 2, 1 + i), *(7 for _ in names[1:])])
    header = [*names, *(f"{name} (previous_period)" for name in names)]
    case.files["Total sales over time - 2026-03-02 - 2026-03-04.csv"] = quoted([header, *rows])
    for metric, values in found.items():
        case.daily(metric, along(values))
    return case


# ---- HubSpot -----------------------------------------------------------------------------------------------


def deals(folder: str, states: tuple[str, str, str], header: str, *, view: str = "all-deals") -> Case:
    """Deals that are won, lost and open, in the words of `states`; the last one is to be closed after the export."""
    won, lost, still_open = states
    case = Case(f"hubspot-deals/{folder}", "hubspot", "", "deals")
    rows = [
        ("9001", "Roof", "2026-03-02 09:00", "2026-03-04 16:20", won, "1200.50", "EUR", "A. Person"),
        ("9002", "Fence", "2026-03-02 10:30", "2026-03-04 16:45", won, "300.25", "EUR", "B. Person"),
        ("9003", "Shed", "2026-03-03 11:00", "2026-03-05 08:00", lost, "900", "EUR", "A. Person"),
        ("9004", "Gate", "2026-03-05 12:00", "2026-04-30 00:00", still_open, "5000", "USD", "A. Person"),
        ("9005", "Door", "2026-03-06 13:00", "", still_open, "", "EUR", "B. Person"),
        ("9006", "Wall", "2026-02-28 13:00", "2026-03-06 09:00", won, "", "EUR", "B. Person"),
    ]
    names = ("Record ID", "Deal Name", "Create Date", "Close Date", header, "Amount", "Currency", "Deal owner")
    case.files[f"hubspot-crm-exports-{view}-2026-03-08.csv"] = quoted([names, *rows])
    scope = "" if view == "all-deals" else view
    begun = {date(2026, 2, 28): 1, date(2026, 3, 2): 2, date(2026, 3, 3): 1, date(2026, 3, 5): 1, date(2026, 3, 6): 1}
    case.daily("deals", begun, scope=scope)
    case.daily("customers", {date(2026, 3, 4): 2, date(2026, 3, 6): 1}, scope=scope)
    case.daily("revenue", {date(2026, 3, 4): 1500.75}, unit="EUR", scope=scope)
    return case


def contacts() -> Case:
    case = Case("hubspot-contacts/all-contacts", "hubspot", "", "contacts")
    names = ("Record ID", "First Name", "Email", "Create Date", "Became a Lead Date", "Became a Customer Date")
    rows = [
        ("101", "Ann", "ann@mail.example", "2026-03-02 09:00", "2026-03-02 09:00", "2026-03-05 10:00"),
        ("102", "Bob", "bob@mail.example", "2026-03-02 23:10", "2026-03-04 08:00", ""),
        ("103", "Cleo", "cleo@mail.example", "2026-03-06 07:00", "", ""),
    ]
    case.files["hubspot-crm-exports-all-contacts-2026-03-07.csv"] = quoted([names, *rows])
    case.daily("new_contacts", {date(2026, 3, 2): 2, date(2026, 3, 6): 1})
    case.daily("leads", {date(2026, 3, 2): 1, date(2026, 3, 4): 1})
    case.daily("customers", {date(2026, 3, 5): 1})
    return case


# ---- Substack ----------------------------------------------------------------------------------------------


def substack() -> Case:
    """The ZIP as it is downloaded."""
    case = Case("substack/export", "newsletter", "example-letters", "subscribers")
    names = ("email", "active_subscription", "expiry", "plan", "email_disabled", "created_at", "first_payment_at")
    rows = [
        ("ann@mail.example", "false", "", "other", "false", "2026-03-02T07:15:22.101Z", ""),
        ("bob@mail.example", "true", "2027-03-04T00:00:00.000Z", "yearly", "false", "2026-03-02T23:59:59.999Z",
         "2026-03-04T08:00:00.000Z"),
        ("cleo@mail.example", "false", "", "other", "true", "2026-03-05T10:00:00.000Z", ""),
    ]  # fmt: skip
    posts = [
        ("post_id", "post_date", "is_published", "email_sent_at", "inbox_sent_at", "type", "audience", "title"),
        ("111.hello", "2026-03-02T08:00:00.000Z", "true", "", "", "newsletter", "everyone", "Hello"),
    ]
    opens = [("post_id", "timestamp", "email"), ("111", "2026-03-02T09:00:00.000Z", "ann@mail.example")]
    members = {
        "posts.csv": comma(posts),
        "email_list.example-letters.csv": comma([names, *rows]),
        "posts/111.opens.csv": comma(opens),
        "posts/111.delivers.csv": comma(opens),
    }
    case.files["export.zip"] = zipped(members)
    case.daily("new_subscribers", {date(2026, 3, 2): 2, date(2026, 3, 5): 1})
    case.daily("new_paid_subscribers", {date(2026, 3, 4): 1})
    return case


def cases() -> Iterable[Case]:
    yield orders()
    yield sales()
    yield deals(
        "won-by-stage", ("Closed Won (Sales Pipeline)", "Closed Lost (Sales Pipeline)", "Our stage"), "Deal Stage"
    )
    yield deals("won-as-hubspot-says", ("true", "false", "false"), "Is Closed Won")
    yield deals("one-view-only", ("Closed Won", "Closed Lost", "Contract Sent"), "Deal Stage", view="mis-negocios")
    yield contacts()
    yield substack()
