from __future__ import annotations

import pytest

from pipelines import declarative, pipeline


@pytest.mark.parametrize(
    ("stage", "assigned"),
    [
        ("steps { script { env.VERSION = foo() } }", {"VERSION"}),
        ("steps { script { env['VERSION'] = foo() } }", {"VERSION"}),
        ("steps { lock(resource: 'r', variable: 'LOCKED') { echo 'a' } }", {"LOCKED"}),
        ("steps { withCredentials([string(credentialsId: 'a', variable: 'A')]) { echo 'a' } }", {}),
        ("steps { withEnv(['A=b']) { echo 'a' } }", {}),
        ("environment { A = 'b' }\nsteps { echo 'a' }", {}),
        ("steps { script { version = foo() } }", {}),
    ],
)
def test_where_the_environment_is_set(stage: str, assigned: set[str]) -> None:
    assert set(pipeline(declarative(stage=stage)).assigned) == set(assigned)


def test_the_axes_of_a_matrix_are_set_there() -> None:
    axes = "axes {\naxis {\nname 'DB'\nvalues 'a', 'b'\n}\n}"
    stage = f"matrix {{\n{axes}\nstages {{\nstage('B') {{ steps {{ echo 'a' }} }}\n}}\n}}"
    (site,) = pipeline(declarative(stage=stage)).assigned["DB"]
    assert site.text == "name 'DB'"


@pytest.mark.parametrize(
    ("steps", "declared"),
    [
        ("script { def TAG_NAME = 'x' }", True),
        ("withEnv(['TAG_NAME=x']) { echo 'a' }", True),
        ("script { env.TAG_NAME = 'x' }", True),
        ("echo env.TAG_NAME", False),
    ],
)
def test_names_that_the_file_itself_gives(steps: str, declared: bool) -> None:
    read = pipeline(declarative(stage=f"steps {{\n{steps}\n}}"))
    assert ("TAG_NAME" in read.declared) is declared
