"""Every fixture run on both sides in every situation: the same, up to what is stated."""

from __future__ import annotations

import pytest

from jenkins2gha.report import runs
from jenkins2gha.verifier import verify_conversion
from test_convert import CASES, FIXTURES, converted

NOT_SIMULATED = {
    "checkout-own-with-extensions": "the configuration of the job's SCM is not in the file",
    "dir-unknown": "`folders` is a variable of a library",
    "library-step": "the step of a library without its source",
}
"""Fixtures that the simulator cannot run, or where nobody knows what Jenkins would do."""

DIFFERENT = {
    "environment-from-script": "the simulator of Jenkins takes `sh` for a sibling",
    "environment-from-script-lines": "the same",
    "stages-nested-computed-environment": "the same",
    "properties-in-a-declarative-file": "the simulator takes each run for the first of its job",
    "trigger-other-hosts": "the simulator starts a plain job on pushes to all branches",
    "trigger-parameterized-cron": "the simulator does not know which line of a schedule fires",
}
"""Fixtures that are known to differ, with the reason; each is a fault to mend."""


@pytest.mark.parametrize("case", CASES)
def test_the_runs_are_the_same(case: str) -> None:
    conversion = converted(case)
    if conversion.workflow is None:
        assert conversion.status == "failed"
        return
    text = (FIXTURES / case / "Jenkinsfile").read_bytes().decode()
    plain = "plain-job" in case
    found = verify_conversion(text, conversion, multibranch=not plain)
    if case in NOT_SIMULATED:
        assert found.status != "equal", f"{case} can be simulated now"
    elif case in DIFFERENT:
        assert found.status == "differs", f"{case} does not differ any more"
    else:
        assert found.status == "equal", runs.text(found)
