"""The judges themselves: each accepts what is good and finds what is bad."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent, indent
from types import ModuleType

import pytest

from judges import WORKFLOW_JUDGES
from judges.actionlint import flatten

Judge = Callable[[str], ModuleType]

CHECKOUT = "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1"


def workflow(steps: str, *, job: str = "", top: str = "on: push") -> str:
    """A workflow of one job with these steps."""
    head = f"name: sample\n{dedent(top).strip()}\npermissions:\n  contents: read\njobs:\n  build:\n"
    steps = indent(dedent(steps).strip(), "  ")
    body = f"runs-on: ubuntu-latest\n{dedent(job).strip()}\nsteps:\n{steps}"
    return head + indent(body, "    ") + "\n"


GOOD = workflow(f"""
    - uses: {CHECKOUT}
      with:
        persist-credentials: false
    - name: build
      env:
        TITLE: ${{{{ github.event.head_commit.message }}}}
      run: |
        ./mvnw package
        echo "$TITLE"
    """)

NEWS = {
    "case": workflow("""
        - env:
            X: ${{ case(github.ref_type == 'tag', 'a', 'b') }}
          run: echo "$X"
        """),
    "queue": workflow(
        "- run: echo", top="on: push\nconcurrency:\n  group: ${{ github.workflow }}\n  queue: max"
    ),
    "timezone": workflow(
        "- run: echo",
        top="on:\n  schedule:\n    - cron: '5 4 * * *'\n      timezone: Europe/Berlin",
    ),
    "parallel": workflow("""
        - parallel:
            - name: a
              run: echo
            - name: b
              if: github.ref_type == 'tag'
              timeout-minutes: 5
              run: |
                echo b

                echo c
        - run: echo
        """),
}
"""What GitHub learned lately, each of which some judge may not know yet."""

BAD = {
    "actionlint": (
        workflow("- run: echo ${{ steps.nobody.outputs.x }}"),
        'property "nobody" is not defined in object type {}',
    ),
    "language_service": (
        workflow("- run: echo\n  unless: always()"),
        "Unexpected value 'unless'",
    ),
    "schema": (
        workflow("- run: echo", job="timeout: 5"),
        "Additional properties are not allowed ('timeout' was unexpected)",
    ),
    "zizmor": (
        workflow("- run: echo ${{ github.event.issue.title }}"),
        "code injection via template expansion: may expand into attacker-controllable code (High)",
    ),
}


@pytest.fixture(name="write")
def _write(tmp_path: Path) -> Callable[[str, str], Path]:
    def write(name: str, text: str) -> Path:
        path = tmp_path / f"test_workflow[{name}].yml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


Write = Callable[[str, str], Path]


@pytest.mark.parametrize("name", WORKFLOW_JUDGES)
def test_a_judge_accepts_a_good_workflow(judge: Judge, write: Write, name: str) -> None:
    assert judge(name).findings([write("good", GOOD)]) == []


@pytest.mark.parametrize("name", WORKFLOW_JUDGES)
def test_a_judge_finds_the_bad_workflow_among_good_ones(
    judge: Judge, write: Write, name: str
) -> None:
    text, message = BAD[name]
    good, bad, other = write("a", GOOD), write("b", text), write("c", GOOD)
    found = judge(name).findings([good, bad, other])
    assert {finding.path for finding in found} == {bad}
    assert message in {finding.message for finding in found}


@pytest.mark.parametrize("name", WORKFLOW_JUDGES)
@pytest.mark.parametrize(
    "text", ["a: [b\n c: d\n", "hello: world\n", ""], ids=["no-yaml", "no-workflow", "empty"]
)
def test_a_file_a_judge_cannot_load_is_a_finding(
    judge: Judge, write: Write, name: str, text: str
) -> None:
    good, bad = write("good", GOOD), write("bad", text)
    assert {finding.path for finding in judge(name).findings([bad, good])} == {bad}


@pytest.mark.parametrize("name", WORKFLOW_JUDGES)
@pytest.mark.parametrize("news", NEWS)
def test_a_judge_accepts_what_github_learned_lately(
    judge: Judge, write: Write, name: str, news: str
) -> None:
    assert judge(name).findings([write(news, NEWS[news])]) == []


def test_actionlint_judges_the_steps_of_a_parallel_group(judge: Judge, write: Write) -> None:
    text = NEWS["parallel"].replace("github.ref_type", "github.no_such_thing")
    [finding] = judge("actionlint").findings([write("bad", text)])
    assert 'property "no_such_thing" is not defined' in finding.message
    assert text.splitlines()[finding.line - 1].strip() == "if: github.no_such_thing == 'tag'"


def test_actionlint_allows_the_message_of_parallel_at_a_group_only(
    judge: Judge, write: Write
) -> None:
    actionlint = judge("actionlint")
    [finding] = actionlint.findings([write("bad", workflow("- name: nothing to do"))])
    assert finding.message == actionlint.PARALLEL


@pytest.mark.parametrize("label", ["bigbox", "[self-hosted, bigbox]"])
def test_actionlint_allows_labels_it_cannot_know(judge: Judge, write: Write, label: str) -> None:
    text = GOOD.replace("runs-on: ubuntu-latest", f"runs-on: {label}")
    assert judge("actionlint").findings([write("label", text)]) == []


def test_flattening_a_group_keeps_every_line_in_its_place() -> None:
    flat = flatten(NEWS["parallel"])
    before = [line.strip() for line in NEWS["parallel"].splitlines()]
    assert [
        line.strip() or "- parallel:" for line in flat.splitlines() if line.strip() != "- parallel:"
    ] == [line or "- parallel:" for line in before]


@pytest.mark.parametrize(
    ("image", "kept"),
    [
        ("maven", True),
        ("maven:latest", True),
        ("host:5000/maven", True),
        ("${{ matrix.image }}", False),
    ],
)
def test_zizmor_keeps_an_image_without_tag_and_no_other(
    judge: Judge, write: Write, image: str, kept: bool
) -> None:
    matrix = "strategy:\n  matrix:\n    image: [maven]"
    path = write("image", workflow("- run: echo", job=f"{matrix}\ncontainer:\n  image: {image}"))
    rules = [finding.rule for finding in judge("zizmor").findings([path])]
    assert rules == ([] if kept else ["unpinned-images"])


def test_zizmor_heeds_no_comment_that_silences_it(judge: Judge, write: Write) -> None:
    text = BAD["zizmor"][0].replace("}}", "}} # zizmor: ignore[template-injection]")
    assert judge("zizmor").findings([write("silenced", text)])


def test_the_language_service_judges_every_file_by_itself(judge: Judge, write: Write) -> None:
    language_service = judge("language_service")
    bad = [write(str(n), workflow(f"- run: echo\n  key{n}: x")) for n in range(3)]
    messages = [finding.message for finding in language_service.findings(bad)]
    assert sorted(set(messages)) == [f"Unexpected value 'key{n}'" for n in range(3)]


ACT = workflow("""
    - uses: actions/checkout@v7
      id: source
    - name: first
      id: one
      env:
        WHO: world
      run: |
        cat greeting
        echo "$WHO" "$GIVEN" "${{ inputs.word }}"
        echo "answer=42" >> "$GITHUB_OUTPUT"
    - name: breaks
      run: |
        false
        echo not reached
    - name: skipped
      run: echo
    - name: tells
      if: failure() && steps.source.outcome == 'success'
      run: echo "${{ steps.one.outputs.answer }}"
    """)


def test_act_runs_the_steps_as_github_would(judge: Judge, tmp_path: Path) -> None:
    (tmp_path / "greeting").write_text("hello\n", encoding="utf-8")
    act = judge("act")
    run = act.run(
        ACT.replace(
            "on: push", "on:\n  workflow_dispatch:\n    inputs:\n      word: {type: string}"
        ),
        event="workflow_dispatch",
        inputs={"word": "again"},
        environment={"GIVEN": "given"},
        files=tmp_path,
    )
    assert not run.success
    assert [(step.id, step.name, step.outcome, step.output) for step in run.steps[1:]] == [
        ("one", "first", "success", "hello\nworld given again\n"),
        (None, "breaks", "failure", ""),
        (None, "tells", "success", "42\n"),
    ], run.log


def test_act_says_of_a_good_run_that_it_is_one(judge: Judge) -> None:
    run = judge("act").run(workflow("- run: echo hello"))
    assert run.success
    assert [step.output for step in run.steps] == ["hello\n"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (ACT, None),
        (NEWS["case"], "`case()` in an expression"),
        (NEWS["parallel"], "job build has a step of its own kind"),
        (workflow("- uses: actions/cache@v5"), "job build has a step actions/cache@v5"),
        (workflow("- run: echo", job="container: maven:3"), "job build has `container:`"),
        (GOOD.replace("ubuntu-latest", "windows-latest"), "job build runs on windows-latest"),
    ],
)
def test_act_names_what_it_cannot_run(judge: Judge, text: str, reason: str | None) -> None:
    assert judge("act").unfit(text) == reason


GROOVY = """\
@Library('lib') _
node('linux') {
    def x = sh(script: 'a', returnStdout: true) ?: other { inner() }
    docker.image('b')
        .inside { echo "${x} ${env.Y}" }
    "$x"(1, two: 2)
    foo(*: spread(), a: 1)
}
def helper(a = given(1, 2)) { [key: value()] }
class Box { def field = made(); String typed = "${1}" }
"""


def test_groovy_tells_the_shape_of_what_it_accepts(judge: Judge, tmp_path: Path) -> None:
    path = tmp_path / "Jenkinsfile"
    path.write_text(GROOVY, encoding="utf-8")
    [verdict] = judge("oracle").verdicts([path])
    assert (verdict["file"], verdict["ok"], verdict["error"]) == (str(path), True, None)
    assert verdict["counts"]["gstrings"] == 3
    assert verdict["counts"]["closures"] == 3
    assert sorted(map(tuple, verdict["counts"]["calls"])) == [
        ("?", 6, 2),
        ("echo", 5, 1),
        ("foo", 7, 1),
        ("given", 9, 2),
        ("image", 4, 1),
        ("inner", 3, 0),
        ("inside", 4, 1),
        ("made", 10, 0),
        ("node", 2, 2),
        ("other", 3, 1),
        ("sh", 3, 1),
        ("spread", 7, 0),
        ("value", 9, 0),
    ]


def test_groovy_tells_where_it_rejects(judge: Judge) -> None:
    with judge("oracle").Oracle() as oracle:
        assert oracle.verdict("x = 1\ny = 'a\\d'")["error"] == {
            "message": "unexpected char: '\\'",
            "line": 2,
            "column": 7,
        }
        assert oracle.verdict("@Grab('a:b:1')\nimport x.Y")["ok"]
        assert oracle.verdict("[" * 1000 + "]" * 1000)["ok"]


def test_groovy_is_timed_pass_by_pass(judge: Judge, tmp_path: Path) -> None:
    path = tmp_path / "Jenkinsfile"
    path.write_text(GROOVY, encoding="utf-8")
    passes = judge("oracle").bench([path, path], 3)
    assert [(one["pass"], one["files"], one["accepted"]) for one in passes] == [
        (1, 2, 2),
        (2, 2, 2),
        (3, 2, 2),
    ]
    assert all(one["seconds"] > 0 and one["bytes"] == 2 * len(GROOVY) for one in passes)
