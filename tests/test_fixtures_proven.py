"""Every fixture run on both sides in every situation: the same, up to what is stated."""

from __future__ import annotations

import json

import pytest

from jenkins2gha.report import runs
from jenkins2gha.verifier import verify_conversion
from test_convert import CASES, FIXTURES, converted

NOT_SIMULATED = {
    "checkout-own-with-extensions": "the configuration of the job's SCM is not in the file",
    "dir-unknown": "`folders` is a variable of a library",
    "environment-set-in-script": "`clock` is a variable of a library",
    "messages-with-groovy": "what Jenkins itself knows of a build is not given",
    "parameters-default-from-the-run": "the default of a parameter is a method's",
    "shell-interpolation-unknown": "the class `Registry` is a library's",
    "values-left-to-a-person": "`teamSteps` is a variable of a library",
}
"""Fixtures that the simulator of Jenkins cannot run, with the reason."""

DIFFERENT = {
    "docker-image-in-variable": "the simulator does not know the name of a container",
    "script-loops-and-methods": "failFast of branches is stated at the call, not in the method",
}
"""Fixtures that are known to differ, with the reason; each is a fault to mend."""


@pytest.mark.parametrize("case", CASES)
def test_the_runs_are_the_same(case: str) -> None:
    conversion = converted(case)
    if conversion.workflow is None:
        assert conversion.status == "failed"
        return
    text = (FIXTURES / case / "Jenkinsfile").read_bytes().decode()
    options = FIXTURES / case / "options.json"
    plain = options.exists() and json.loads(options.read_text()).get("job_kind") == "pipeline"
    found = verify_conversion(text, conversion, multibranch=not plain)
    if case in NOT_SIMULATED:
        assert found.status == "unsupported", f"{case} can be simulated now"
    elif case in DIFFERENT:
        assert found.status == "differs", f"{case} does not differ any more"
    else:
        assert found.status == "equal", runs.text(found)
