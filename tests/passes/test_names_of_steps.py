"""What a step is called by its script."""

from __future__ import annotations

import pytest

from jenkins2gha.actions.workflow import Job, RunsOn, Step, Triggers, Workflow
from jenkins2gha.passes.naming import name_steps


def names(*steps: Step) -> list[object]:
    job = Job("job", RunsOn(("ubuntu-latest",)), steps)
    workflow = Workflow("x", Triggers(), (job,))
    return [step.name for step in name_steps(workflow).workflow.jobs[0].steps]


@pytest.mark.parametrize(
    ("script", "name"),
    [
        ("make all", "make all"),
        ("TAG=v1\nOTHER='a b'\nmake all", "make all"),
        ('IP=$(cat ip.txt)\nssh "$IP" true', 'ssh "$IP" true'),
        ("TAG=v1 make all", "make all"),
        ("TAG=v1 OTHER='a b' ./deploy.sh \"$X\"", './deploy.sh "$X"'),
        ('TAG="a b" ~/bin/ship', "~/bin/ship"),
        ("TAG=v1 $TOOL all", "$TOOL all"),
        ("if make; then TAG=v1 ship; fi", "ship"),
        ("TAG=$(date) make all", "TAG=$(date) make all"),
        ("make TAG=v1 all", "make TAG=v1 all"),
        ("for i in 1 2; do\nbreak\ndone\nmake", "make"),
        ("while true; do\ncontinue 2\ndone\nmake", "make"),
        ("if [ -f x ]; then\nexit 0\nfi\nmake", "make"),
        ("f() {\nreturn 1;\n}\nshift\nmake", "f() {"),
        ("shift\nmake", "make"),
        ("exit 1", "exit 1"),
        ("exit_code all\nmake", "exit_code all"),
        ("breakpoint\nmake", "breakpoint"),
        ("cd web && mvn install\nls target", "cd web && mvn install"),
        ("cd web; mvn install\nls target", "cd web; mvn install"),
        ("export A=b && make\nls target", "export A=b && make"),
        ("cd web\nmvn install", "mvn install"),
        ("cd web &&\nmvn install", "mvn install"),
        ("cd web", "cd web"),
        ("set -eu\nexport A='a;b'\nmake", "make"),
        ("export TAG=$(git describe | cut -c2-)\nmake", "make"),
        ("TAG=v1", "TAG=v1"),
        ("printf '%s\n' a b > list.txt", "Write list.txt"),
        ("cat > conf/a.xml <<E\n<a/>\nE", "Write conf/a.xml"),
        ("printf x | sort > list.txt", "printf x | sort > list.txt"),
        ("cat a.txt", "cat a.txt"),
    ],
)
def test_a_script_names_its_step(script: str, name: str) -> None:
    assert names(Step(run=script, script_kind="sh")) == [name]


def test_what_prepares_a_step_takes_it_no_name() -> None:
    first = Step(run="mkdir -p web", stage="Build", prepares=True)
    one, two = (Step(run=f"make {word}", stage="Build") for word in ("a", "b"))
    assert names(first, one) == ["Build › mkdir -p web", "Build"]
    assert names(first, one, two) == [
        "Build › mkdir -p web",
        "Build › make a",
        "Build › make b",
    ]
