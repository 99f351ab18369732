"""Every workflow we promise before the judges: the snapshots, and this project's own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from judges import WORKFLOW_JUDGES

TESTS = Path(__file__).parent
SNAPSHOTS = sorted((TESTS / "__snapshots__").rglob("*.yml"))
OWN = sorted((TESTS.parent / ".github" / "workflows").glob("*.yml"))


def test_there_are_workflows_to_judge() -> None:
    assert SNAPSHOTS


@pytest.mark.parametrize("name", WORKFLOW_JUDGES)
def test_no_judge_holds_anything_against_a_workflow(
    judge: Callable[[str], ModuleType], name: str
) -> None:
    found = judge(name).findings([*SNAPSHOTS, *OWN])
    assert not found, "\n".join(map(str, found))
