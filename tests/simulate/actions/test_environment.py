"""What a command finds around it: variables, PATH, shell, folder."""

from __future__ import annotations

import pytest

from jenkins2gha.simulate.actions import Answer, World, push, simulate
from simulate.workflows import one_job, run, texts


def last(text: str) -> dict[str, str]:
    return dict(run(text).commands[-1].environment)


def test_the_step_wins_over_the_job_and_the_job_over_the_workflow() -> None:
    text = one_job(
        "- {run: '', env: {C: step}}",
        job="env: {B: job, C: job}",
        top="on: push\nenv: {A: top, B: top, C: top}",
    )
    assert last(text) == {"A": "top", "B": "job", "C": "step"}


def test_a_step_wins_over_the_file_and_the_file_over_the_job() -> None:
    text = one_job(
        """
        - run: |
            echo "A=file" >> "$GITHUB_ENV"
            echo "B=file" >> "$GITHUB_ENV"
            echo "[$A]"
        - {run: "", env: {B: step}}
        """,
        job="env: {A: job, B: job}",
    )
    found = run(text)
    assert dict(found.commands[0].environment) == {"A": "job", "B": "job"}
    assert dict(found.commands[1].environment) == {"A": "file", "B": "step"}


def test_one_map_does_not_see_itself_but_the_levels_above() -> None:
    text = one_job(
        "- {run: '', env: {A: step, B: '${{ env.A }}', C: '${{ env.B }}'}}", job="env: {A: job}"
    )
    assert last(text) == {"A": "step", "B": "job", "C": ""}


def test_names_in_env_are_told_apart_by_case() -> None:
    text = one_job("- run: '[${{ env.a }}] ${{ env.A }}'", job="env: {A: x}")
    assert texts(run(text)) == ["[] x"]


@pytest.mark.parametrize("name", ["GITHUB_SHA", "GITHUB_REF_NAME", "RUNNER_OS"])
def test_the_runners_own_variables_cannot_be_set(name: str) -> None:
    text = one_job(
        f"- {{run: '${{{{ env.{name} }}}}', env: {{{name}: x, GITHUB_OTHER: y, CI: z}}}}"
    )
    [command] = run(text).commands
    assert command.environment == (("CI", "z"), ("GITHUB_OTHER", "y"))
    assert command.text == "x"


def test_node_options_cannot_be_set_through_the_file() -> None:
    text = one_job("- run: echo NODE_OPTIONS=x >> $GITHUB_ENV\n- run: ''")
    assert last(text) == {}


def test_folders_are_put_before_path_the_last_first() -> None:
    text = one_job("""
        - run: echo /a >> $GITHUB_PATH
        - run: |
            echo "/b" >> "$GITHUB_PATH"
            echo /a >> "$GITHUB_PATH"
        - run: ''
        """)
    assert [command.path for command in run(text).commands] == [(), ("/a",), ("/a", "/b")]


def test_an_environment_may_be_one_expression() -> None:
    text = one_job("""- {run: '', env: "${{ fromJSON('{\\"A\\":1,\\"B\\":true}') }}"}""")
    assert last(text) == {"A": "1", "B": "true"}


def test_a_file_that_the_runner_cannot_read_fails_the_step() -> None:
    found = run(one_job("- run: echo nonsense >> $GITHUB_ENV"))
    assert (found.conclusion, found.job("j").steps[0].notes) == (
        "failure",
        ("Invalid format 'nonsense'",),
    )


def test_the_oracle_says_what_commands_print_and_how_they_end() -> None:
    text = one_job("""
        - id: a
          run: |
            v=$(git describe)
            set +e
            make
            echo "v=$v status=$?" >> "$GITHUB_OUTPUT"
        - run: ${{ steps.a.outputs.v }}
        """)
    world = World(oracle=lambda _: Answer(said={"git describe": "v1"}, status=2))
    assert texts(simulate(text, push(), world))[1] == "v1 status=2"
    assert texts(run(text))[1] == "$(git describe) status=0"


@pytest.mark.parametrize(
    ("job", "step", "shell"),
    [
        ("", "", "bash -e {0}"),
        ("", "shell: bash", "bash --noprofile --norc -e -o pipefail {0}"),
        ("", "shell: sh", "sh -e {0}"),
        ("", "shell: python", "python {0}"),
        ("", "shell: perl {0}", "perl {0}"),
        ("", "shell: cmd", 'cmd /D /E:ON /V:OFF /S /C "CALL "{0}""'),
        ("defaults: {run: {shell: sh}}", "", "sh -e {0}"),
        ("defaults: {run: {shell: sh}}", "shell: pwsh", "pwsh -command \". '{0}'\""),
        ("container: alpine", "", "sh -e {0}"),
        ("container: {image: alpine}", "shell: bash", "bash --noprofile --norc -e -o pipefail {0}"),
        ("container: ${{ vars.NONE }}", "", "bash -e {0}"),
    ],
)
def test_shells(job: str, step: str, shell: str) -> None:
    assert run(one_job(f"- run: x\n  {step}", job=job)).commands[0].shell == shell


@pytest.mark.parametrize(
    ("labels", "shell"),
    [
        ("windows-2025", "pwsh -command \". '{0}'\""),
        ("macos-latest", "bash -e {0}"),
        ("[self-hosted, Windows]", "pwsh -command \". '{0}'\""),
    ],
)
def test_the_shell_of_a_system(labels: str, shell: str) -> None:
    text = one_job("- run: x").replace("ubuntu-latest", labels)
    assert run(text).commands[0].shell == shell


@pytest.mark.parametrize(
    ("top", "job", "step", "directory"),
    [
        ("", "", "", ""),
        ("defaults: {run: {working-directory: w}}", "", "", "w"),
        (
            "defaults: {run: {working-directory: w, shell: sh}}",
            "defaults: {run: {working-directory: j}}",
            "",
            "j",
        ),
        ("", "defaults: {run: {working-directory: '${{ env.D }}/x'}}\nenv: {D: d}", "", "d/x"),
        ("", "defaults: {run: {working-directory: j}}", "working-directory: s", "s"),
        ("", "", "working-directory: ${{ github.job }}", "j"),
    ],
)
def test_folders(top: str, job: str, step: str, directory: str) -> None:
    found = run(one_job(f"- run: x\n  {step}\n- uses: a/b@v1", job=job, top=f"on: push\n{top}"))
    assert [command.directory for command in found.commands] == [directory, ""]
