"""What all tests share: request schemas to try things on, those of the demo service and others on demand.

And savings that change nothing a test sees, much of the time of those that open an app: the garbage collector
leaves alone what pytest itself keeps, style sheets are parsed once, not in every app anew, and what the widgets of an
app have drawn goes with them.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from textual.css import parse, stylesheet
from textual.css.model import RuleSet
from textual.css.tokenizer import Token
from textual.css.types import CSSLocation

from oxen_tui.widgets.driver import gone_widgets
from tests.schema_cases import SchemaCase, demo_cases, recorded_cases


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--schemas",
        metavar="FOLDER",
        type=Path,
        help="also try request schemas found in the JSON files of this folder: models, or lists of models",
    )
    parser.addoption(
        "--examples",
        metavar="NUMBER",
        type=int,
        default=8,
        help="how many random requests to try for each request schema",
    )


def pytest_collection_finish() -> None:
    """Thousands of collected tests are never garbage, and every widget is in a cycle: look for those less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def pytest_sessionfinish() -> None:
    """Pytest collects five times before it ends, so that what an object says in its end is heard: once is enough."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def _parsed_once() -> Iterator[None]:
    """Rules are not changed once they are parsed: Textual, too, shares them between a style sheet's parses."""
    parse_anew = parse.parse
    variables_known: dict[str, dict[str, list[Token]]] = {}
    written_out: tuple[dict[str, list[Token]], str] = ({}, "{}")

    @cache
    def rules(
        scope: str, css: str, read_from: CSSLocation, variables: str, is_default_rules: bool, tie_breaker: int
    ) -> list[RuleSet]:
        return list(
            parse_anew(
                scope,
                css,
                read_from,
                variable_tokens=variables_known[variables],
                is_default_rules=is_default_rules,
                tie_breaker=tie_breaker,
            )
        )

    def parse_once(
        scope: str,
        css: str,
        read_from: CSSLocation,
        *,
        variable_tokens: dict[str, list[Token]],
        is_default_rules: bool,
        tie_breaker: int,
    ) -> list[RuleSet]:
        nonlocal written_out
        if written_out[0] is not variable_tokens:  # an app has the same for all its style sheets
            written_out = variable_tokens, sys.intern(repr(variable_tokens))
        variables = written_out[1]
        variables_known[variables] = variable_tokens
        return rules(scope, css, read_from, variables, is_default_rules, tie_breaker)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stylesheet, "parse", parse_once)
        yield


@pytest.fixture(scope="session", autouse=True)
def _gone_widgets() -> None:
    gone_widgets.install()  # as the program does; here also for widgets on a host of their own


@pytest.fixture(scope="session")
def examples(pytestconfig: pytest.Config) -> int:
    """How many random requests to try for each request schema."""
    number: int = pytestconfig.getoption("--examples")
    return number


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that takes `schema_case` runs for every request schema there is."""
    if "schema_case" not in metafunc.fixturenames:
        return
    folder: Path | None = metafunc.config.getoption("--schemas")
    cases: list[SchemaCase] = [*demo_cases(), *(recorded_cases(folder) if folder is not None else ())]
    metafunc.parametrize("schema_case", cases, ids=lambda case: case.name)
