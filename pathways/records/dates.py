"""Days that are known in part, and time from one day to another, rounded so that nothing is overstated."""

from __future__ import annotations

import calendar
import datetime as dt
from decimal import Decimal
from fractions import Fraction

from pathways.model.findings import Duration


def earliest(text: str) -> dt.date:
    """Return the first day that a date can mean.

    Args:
        text: A date as ISO 8601: ``2026``, ``2026-10`` or ``2026-10-05``.

    Example:
        >>> earliest("2026-10")
        datetime.date(2026, 10, 1)
    """
    year, month, day = [*(int(part) for part in text.split("-")), 1, 1][:3]
    return dt.date(year, month, day)


def latest(text: str) -> dt.date:
    """Return the last day that a date can mean.

    Args:
        text: A date as ISO 8601: ``2026``, ``2026-10`` or ``2026-10-05``.

    Example:
        >>> latest("2026"), latest("2026-02")
        (datetime.date(2026, 12, 31), datetime.date(2026, 2, 28))
    """
    parts = [int(part) for part in text.split("-")]
    year = parts[0]
    month = parts[1] if len(parts) > 1 else 12
    return dt.date(year, month, parts[2] if len(parts) > 2 else _length_of(year, month))


def add_months(day: dt.date, months: int) -> dt.date:
    """Return the same day of another month, or the last of it where it has no such day.

    Args:
        day: The day to begin from.
        months: How many months later; negative for earlier. Years beyond the calendar become its
            first or last year.

    Example:
        >>> add_months(dt.date(2026, 1, 31), 1)
        datetime.date(2026, 2, 28)
    """
    count = day.year * 12 + day.month - 1 + months
    year = min(max(count // 12, dt.MINYEAR), dt.MAXYEAR)
    month = count % 12 + 1
    return dt.date(year, month, min(day.day, _length_of(year, month)))


def months_between(first: dt.date, last: dt.date) -> int:
    """Return how many whole months lie between two days; 0 when the second is not later.

    Args:
        first: The earlier day.
        last: The later day.

    Example:
        >>> months_between(dt.date(2026, 1, 31), dt.date(2026, 3, 30))
        1
    """
    months = (last.year - first.year) * 12 + last.month - first.month
    if add_months(first, months) > last:
        months -= 1
    return max(months, 0)


def time_between(first: dt.date, last: dt.date, unit: str) -> Fraction:
    """Return how long it is from one day to another, in a unit of time.

    Args:
        first: The earlier day.
        last: The later day; an earlier one gives 0.
        unit: ``hours``, ``days`` or ``weeks``, exact; ``months`` or ``years``, in whole months of the
            calendar.

    Example:
        >>> time_between(dt.date(2026, 1, 1), dt.date(2026, 1, 11), "weeks")
        Fraction(10, 7)
    """
    if unit in ("months", "years"):
        return Fraction(months_between(first, last), 12 if unit == "years" else 1)
    days = max((last - first).days, 0)
    return {"hours": Fraction(days * 24), "days": Fraction(days), "weeks": Fraction(days, 7)}[unit]


def is_older(said: dt.date, valid_for: Duration, on: dt.date) -> bool:
    """Return whether something was said longer ago than it is valid.

    Args:
        said: Day on which it was said.
        valid_for: How long it is valid.
        on: The day it is asked for.

    Example:
        >>> is_older(dt.date(2026, 11, 1), Duration(amount="7", unit="days"), dt.date(2026, 11, 8))
        False
    """
    whole = int(valid_for.amount)
    if valid_for.unit in ("months", "years") and whole == valid_for.amount:
        months = whole * (12 if valid_for.unit == "years" else 1)
        return add_months(said, months) < on
    return (on - said).days > valid_for.amount * _DAYS[valid_for.unit]


_DAYS = {
    "hours": Decimal(1) / 24,
    "days": Decimal(1),
    "weeks": Decimal(7),
    "months": Decimal(30),
    "years": Decimal(365),
}
"""Days in a unit of time, at the least, so that an old no does not stay too long."""


def rounded_down(number: Fraction, grid: Decimal, origin: Decimal = Decimal(0)) -> Decimal:
    """Return the largest number of a grid that is not above a number.

    Args:
        number: Any number.
        grid: Distance of the numbers of the grid, more than 0.
        origin: One number of the grid.

    Example:
        >>> rounded_down(Fraction(10, 7), Decimal("0.1"))
        Decimal('1.4')
    """
    steps = (number - Fraction(origin)) // Fraction(grid)
    return origin + steps * grid


def _length_of(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]
