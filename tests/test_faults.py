"""Faults put into right workflows, and into the compiler: a sample; `make proof` has them all."""

from __future__ import annotations

import pytest

from faults_in_code import FAULTS, CodeFault, within
from faults_injected import KINDS
from proof.code_faults import found_in
from proof.faults import shares

SAMPLE = (0, 1, 3, 4, 7, 9, 12, 17, 19, 23)
IN_CODE = (1, 12, 21, 32, 42)


@pytest.mark.parametrize("seed", SAMPLE, ids=lambda seed: KINDS[seed % len(KINDS)].__name__)
def test_a_fault_in_a_workflow_is_found(seed: int) -> None:
    assert shares([seed]) == 1


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.what)
def test_a_fault_in_the_compiler_changes_a_function_of_it(fault: CodeFault) -> None:
    with within(fault):
        pass


@pytest.mark.parametrize("number", IN_CODE, ids=lambda number: FAULTS[number].what)
def test_a_fault_in_the_compiler_is_found(number: int) -> None:
    assert found_in(FAULTS[number])
