"""The demo is the other end of the wire: it imports nothing of ours, and nothing heavy before it is needed."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import oxen_tui.demo

FOLDER = Path(oxen_tui.demo.__file__).parent


def test_no_file_of_the_demo_imports_another_room() -> None:
    for file in FOLDER.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                depth = len(file.relative_to(FOLDER).parts)
                assert node.level <= depth, file
                names = [node.module or ""] if node.level == 0 else []
            else:
                continue
            for name in names:
                assert not name.startswith("oxen_tui") or name.startswith("oxen_tui.demo"), (file, name)


def test_a_service_is_made_without_loading_pictures_clips_or_a_client() -> None:
    code = (
        "import sys; from oxen_tui.demo.service import create_service; create_service();"
        "print([name for name in ('PIL', 'av', 'httpx', 'textual', 'uvicorn') if name in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"
