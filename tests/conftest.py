"""What several test files share."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from types import ModuleType

import pytest

from judges import required


@pytest.fixture(scope="session")
def judge() -> Callable[[str], ModuleType]:
    """`judge("actionlint")` is that judge.

    A missing one skips the test, with the reason; where judges are required, it fails.
    """

    def call(name: str) -> ModuleType:
        module = import_module(f"judges.{name}")
        reason = module.available()
        if reason is not None and required():
            pytest.fail(f"a judge is missing: {reason}", pytrace=False)
        if reason is not None:
            pytest.skip(reason)
        return module

    return call
