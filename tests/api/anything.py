"""Any JSON at all, for readers that must never raise."""

from __future__ import annotations

from hypothesis import strategies as st

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(["", "\x1b[2J", "‮", "3", "0.1", "1e999", "2026-01-02T03:04:05Z", "data:,x", "\ud83d"])
)
JSON = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4)
)


def objects(*keys: str) -> st.SearchStrategy[object]:
    """Objects that hold some of these keys, with anything in them; or no object."""
    return st.fixed_dictionaries({}, optional=dict.fromkeys(keys, JSON)) | JSON
