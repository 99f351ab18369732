"""Times of `sleep` and `timeout`, given with one of Java's units."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal

from jenkins2gha.jenkins.values import Known, Value, text_of

_SECONDS = {
    "NANOSECONDS": Decimal("0.000000001"),
    "MICROSECONDS": Decimal("0.000001"),
    "MILLISECONDS": Decimal("0.001"),
    "SECONDS": Decimal(1),
    "MINUTES": Decimal(60),
    "HOURS": Decimal(3600),
    "DAYS": Decimal(86400),
}


def seconds(time: Value | None, unit: Value | None, default: str) -> Decimal | None:
    """The time in seconds; None where it is not known."""
    name = default if unit is None else text_of(unit)
    if not isinstance(time, Known) or isinstance(time.value, bool) or name not in _SECONDS:
        return None
    text = (text_of(time) or "").strip()
    try:
        amount = Decimal(text)
    except ArithmeticError:
        return None
    return amount * _SECONDS[name] if amount.is_finite() and amount >= 0 else None


def minutes(time: Decimal) -> int:
    """Seconds as whole minutes, rounded up, at least one.

    >>> minutes(Decimal(90))
    2
    """
    return max(1, int((time / 60).to_integral_value(ROUND_CEILING)))


def spoken(time: Decimal) -> str:
    """Seconds as a person would say them.

    >>> spoken(Decimal(90)), spoken(Decimal(5400)), spoken(Decimal("0.5"))
    ('90 s', '90 min', '0.5 s')
    """
    if time < 60 or time % 60:
        return f"{written(time)} s"
    return f"{written(time / 60)} min"


def unlimited(*, known: bool) -> str:
    """Why a limit cannot be written."""
    if known:
        return "the time limit counts silence in the log (`activity`), which GitHub's cannot"
    return "the time limit is only known to a run"


def written(number: Decimal) -> str:
    """A number as a shell's words have it: without exponent and trailing zeros."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
