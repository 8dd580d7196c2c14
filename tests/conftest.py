"""What all tests share: request schemas to try things on, those of the demo service and others on demand."""

from __future__ import annotations

from pathlib import Path

import pytest

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
