"""How money is said: one way everywhere, and no guess shown as a fact. A leaf: every room may import it."""

from __future__ import annotations


def money(dollars: float | None, *, estimate: bool = False) -> str:
    """`$0.60`, two figures under a cent (`$0.0037`), `~` before an estimate; unknown is `?` and never $0."""
    if dollars is None:
        return "?"
    mark = "~" if estimate else ""
    if dollars == 0:
        return f"{mark}$0.00"
    if dollars >= 0.0995:
        return f"{mark}${dollars:,.2f}"
    places = 3
    while places < 9 and dollars < 9.95 * 10.0**-places:
        places += 1
    return mark + _written(f"{dollars:.{places}f}")


def exact_money(dollars: float | None) -> str:
    """A price as the server states it, to four figures: `$0.1313`, `$1.20`; for tables in which prices compare."""
    if dollars is None:
        return "?"
    places = 2
    while places < 12 and dollars and dollars < 999.95 * 10.0**-places:
        places += 1
    return _written(f"{dollars:,.{places}f}") if dollars else "$0.00"


def _written(decimal: str) -> str:
    """With two decimals at least. What is too little to be written is still not nothing."""
    whole, _, fraction = decimal.partition(".")
    if not decimal.strip("0.,"):
        return "<$0.000001"
    return f"${whole}.{fraction.rstrip('0'):0<2}"
