"""What a script finds out that sounds like a secret is masked, where that can be done."""

from __future__ import annotations

from pathlib import Path

import pytest

from jenkins2gha.actions.expressions import Context
from jenkins2gha.actions.workflow import Container, Job, RunsOn, Step, Text, Triggers, Workflow
from jenkins2gha.mapping.keeping import File, keeping_output
from jenkins2gha.passes.masking import mask_secrets
from jenkins2gha.passes.result import PassResult
from jenkins2gha.record import replace
from mapped import executed

ONE_LINE = "date +%s"
LINES = "cat found"


def kept(
    script: str, name: str = "TOKEN", *, file: File = "GITHUB_ENV", trimmed: bool = True
) -> Step:
    """A step that keeps what its script prints, as the mapping writes it."""
    step = keeping_output(Step(run=script, id="found"), name, file, trimmed=trimmed)
    assert step is not None
    return step


def result(*steps: Step, container: bool = False, **outputs: Text) -> PassResult:
    image = Container("node:20") if container else None
    job = Job("a", RunsOn(("ubuntu-latest",)), steps, container=image, outputs=outputs)
    return mask_secrets(Workflow("w", Triggers(), (job,)))


def masks(found: PassResult) -> int:
    return sum(str(step.run).count("::add-mask::") for step in found.workflow.jobs[0].steps)


def says(found: PassResult) -> list[str]:
    return [note.message.partition("`")[2] for note in found.notes if note.rule == "secret-masked"]


MASKED = "TOKEN` sounds like a secret, so it is masked in the log"
SHOWN = "TOKEN` sounds like a secret and is not masked: logs show what steps get"


@pytest.mark.parametrize(
    "name",
    [
        "API_TOKEN",
        "apiToken",
        "DB_PASSWORD",
        "db_passwd",
        "KEY_PASSPHRASE",
        "CLIENT_SECRET",
        "API_KEY",
        "apiKey",
        "ACCESS_KEY",
        "PRIVATE_KEY",
        "TOKENID",
    ],
)
@pytest.mark.parametrize("script", [ONE_LINE, LINES])
def test_what_sounds_like_a_secret_is_masked(name: str, script: str) -> None:
    assert masks(result(kept(script, name))) == 1


@pytest.mark.parametrize(
    "name",
    [
        "TOKEN_LENGTH",
        "SECRET_NAME",
        "SECRET_ID",
        "SECRET_ARN",
        "TOKEN_FILE",
        "PASSWORD_PATH",
        "TOKEN_URL",
        "TOKEN_COUNT",
        "tokenExpiry",
        "REVISION",
        "KEYBOARD",
        "COMPASS",
    ],
)
@pytest.mark.parametrize("script", [ONE_LINE, LINES])
def test_what_only_says_something_of_one_is_not(name: str, script: str) -> None:
    step = kept(script, name)
    found = result(step)
    assert found.workflow.jobs[0].steps == (step,)
    assert found.notes == ()


@pytest.mark.parametrize("file", ["GITHUB_ENV", "GITHUB_OUTPUT"])
@pytest.mark.parametrize("script", [ONE_LINE, LINES])
def test_it_is_said_once(script: str, file: File) -> None:
    found = result(kept(script, file=file))
    assert (masks(found), says(found)) == (1, [MASKED])


@pytest.mark.parametrize(
    ("script", "printed"),
    [("date +%s > was; cat was", None), ("printf 'one\\ntwo\\n'", "one%0Atwo")],
)
def test_the_mask_is_printed_before_the_value_is_handed_on(
    script: str, printed: str | None, tmp_path: Path
) -> None:
    handed = tmp_path / "handed"
    (step,) = result(kept(script)).workflow.jobs[0].steps
    status, said = executed(str(step.run), tmp_path, {"GITHUB_ENV": str(handed)})
    assert status == 0
    expected = printed or (tmp_path / "was").read_text().strip()
    assert said == f"::add-mask::{expected}\n"
    assert expected.replace("%0A", "\n") in handed.read_text()
    assert str(step.run).index("::add-mask::") < str(step.run).index("GITHUB_ENV")


@pytest.mark.parametrize("script", [ONE_LINE, LINES])
def test_what_crosses_jobs_is_not_masked(script: str) -> None:
    step = kept(script, file="GITHUB_OUTPUT")
    found = result(step, token=Context("steps.found.outputs.TOKEN"))
    assert (masks(found), says(found)) == (0, [SHOWN])
    other = result(step, token=Context("steps.other.outputs.TOKEN"))
    assert (masks(other), says(other)) == (1, [MASKED])


@pytest.mark.parametrize(("script", "told"), [(ONE_LINE, MASKED), (LINES, SHOWN)])
def test_the_shell_of_a_container_masks_one_line(script: str, told: str) -> None:
    found = result(kept(script), container=True)
    assert (masks(found), says(found)) == (int(told == MASKED), [told])


def test_what_a_command_prints_is_out_before_a_mask() -> None:
    found = result(kept(LINES, trimmed=False))
    assert (masks(found), says(found)) == (0, [SHOWN])
    assert result(kept(LINES, "TOKEN_LENGTH", trimmed=False)).notes == ()


def test_other_steps_stay_as_they_are() -> None:
    steps = (
        Step(run='echo "$TOKEN"'),
        Step(uses="actions/checkout"),
        replace(kept(LINES), shell="pwsh"),
    )
    found = result(*steps)
    assert (found.workflow.jobs[0].steps, found.notes) == (steps, ())
