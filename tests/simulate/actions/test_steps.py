"""Steps: their conditions, their results, groups of them."""

from __future__ import annotations

import pytest

from jenkins2gha.simulate.actions import Answer, Run, World, push, simulate
from jenkins2gha.simulate.trace import Command
from simulate.workflows import one_job, results, run, texts


def outcomes(found: Run) -> list[tuple[str, str]]:
    return [(step.outcome, step.conclusion) for step in found.job("j").steps]


@pytest.mark.parametrize(
    ("condition", "fails", "runs"),
    [
        ("", False, True),
        ("", True, False),
        ("''", True, False),
        ("success()", True, False),
        ("failure()", True, True),
        ("failure()", False, False),
        ("always()", True, True),
        ("cancelled()", True, False),
        ("!cancelled()", True, True),
        ("true", True, False),
        ("false", False, False),
        ("0", False, False),
        ("env.A == 'a'", False, True),
        ("env.OWN == 'own'", False, True),
        ("env.a", False, False),
        ("steps.one.outcome == 'failure'", True, False),
        ("always() && steps.one.outcome == 'failure'", True, True),
        ("always() && steps.two.outcome == ''", False, True),
        ("failure() && steps.ONE.conclusion == 'failure'", True, True),
        ("job.status == 'success'", False, True),
        ("always() && job.status == 'failure'", True, True),
        ("runner.os == 'linux'", False, True),
        ("hashFiles('a') == 'hash:a'", False, True),
        ("${{ false }} && x", False, True),
        ("${{ 'false' }}", False, False),
    ],
)
def test_a_step_runs_if_its_condition_holds(condition: str, fails: bool, runs: bool) -> None:
    found = run(
        one_job(
            f"""
            - {{id: one, run: one}}
            - {{id: two, run: two, if: "{condition}", env: {{OWN: own}}}}
            """,
            job="env: {A: a}",
        ),
        fails="one" if fails else "",
    )
    assert texts(found) == (["one", "two"] if runs else ["one"])
    assert found.job("j").step("two").outcome == ("success" if runs else "skipped")


def test_outcome_is_before_and_conclusion_behind_continue_on_error() -> None:
    found = run(
        one_job("""
            - {id: a, run: bad, continue-on-error: true}
            - run: ${{ steps.a.outcome }} ${{ steps.a.conclusion }} ${{ job.status }}
            - {run: no, if: failure()}
            """),
        fails="bad",
    )
    assert outcomes(found) == [("failure", "success"), ("success", "success"), ("skipped",) * 2]
    assert texts(found)[1] == "failure success success"
    assert results(found) == {"j": "success"}
    assert [command.conclusion for command in found.commands] == ["success", "success"]


@pytest.mark.parametrize(
    ("value", "continues"),
    [
        ("true", True),
        ("${{ true }}", True),
        ("${{ github.ref_name == 'main' }}", True),
        ("${{ 'true' }}", False),
        ("'true'", False),
        ("${{ fromJSON('') }}", False),
        ("false", False),
    ],
)
def test_continue_on_error_is_a_boolean(value: str, continues: bool) -> None:
    found = run(one_job(f"- run: bad\n  continue-on-error: {value}"), fails="bad")
    assert (found.conclusion == "success") is continues


def test_a_failure_skips_what_follows_and_outputs_of_a_failed_step_stay() -> None:
    found = run(
        one_job("""
            - {id: a, run: "echo v=1 >> $GITHUB_OUTPUT\\nbad\\necho w=2 >> $GITHUB_OUTPUT"}
            - run: no
            - {run: "${{ steps.a.outputs.v }}[${{ steps.a.outputs.w }}]", if: failure()}
            """),
        fails="bad",
    )
    assert texts(found)[1:] == ["1[]"]
    assert found.conclusion == "failure"


def test_an_error_in_an_expression_fails_the_step() -> None:
    found = run(
        one_job("""
            - {run: "${{ fromJSON('') }}", continue-on-error: true}
            - {run: a, if: "fromJSON('')", continue-on-error: true}
            - {run: b, if: always(), env: {A: "${{ fromJSON('') }}"}, continue-on-error: true}
            - {run: "${{ github }}", if: always()}
            - {run: c, if: always(), name: "${{ fromJSON('') }}"}
            """)
    )
    assert outcomes(found) == [
        ("failure", "success"),
        ("failure", "failure"),
        ("failure", "failure"),
        ("failure", "failure"),
        ("success", "success"),
    ]
    assert texts(found) == ["c"]


@pytest.mark.parametrize(
    ("step", "name"),
    [
        ("run: |\n    echo a\n    echo b", "Run echo a"),
        ("{run: x, name: 'n ${{ github.job }}'}", "n j"),
        ("uses: actions/checkout@v5", "Run actions/checkout@v5"),
    ],
)
def test_the_name_of_a_step(step: str, name: str) -> None:
    assert run(one_job(f"- {step}")).commands[0].name == name


def test_an_action_is_traced_with_its_inputs() -> None:
    found = run(
        one_job("- {uses: a/b@v1, id: x, with: {r: '${{ github.ref }}', n: 1.0}, env: {A: b}}")
    )
    [command] = found.commands
    assert (command.kind, command.text, command.id, command.shell) == ("uses", "a/b@v1", "x", "")
    assert command.inputs == (("r", "refs/heads/main"), ("n", "1"))
    assert command.environment == (("A", "b"),)


def test_outputs_of_an_action_are_the_oracles() -> None:
    text = one_job("- {uses: a/b@v1, id: x}\n- run: ${{ steps.x.outputs.o }}")
    world = World(oracle=lambda one: Answer(outputs={"o": "1"} if one.id == "x" else {}))
    assert texts(simulate(text, push(), world))[1] == "1"


GROUP = """
- {run: first, id: first}
- parallel:
    - {run: "echo A=a >> $GITHUB_ENV\\necho /p >> $GITHUB_PATH", id: a}
    - {run: "bad [${{ env.A }}]", id: b, if: "steps.a.outcome == '' && env.A == ''"}
    - {run: no, if: failure()}
    - {run: "x [${{ steps.b.outcome }}]", if: always()}
- {run: no}
- {run: "${{ env.A }} ${{ steps.b.outcome }} ${{ job.status }}", if: always()}
"""


def test_siblings_of_a_group_do_not_see_each_other() -> None:
    found = run(one_job(GROUP), fails="bad")
    assert texts(found)[2:] == ["bad []", "x []", "a failure failure"]
    assert [command.group for command in found.commands] == ["", "1", "1", "1", ""]
    assert [command.index for command in found.commands] == [0, 1, 2, 4, 6]
    assert [command.path for command in found.commands] == [(), (), (), (), ("/p",)]
    assert found.conclusion == "failure"


def test_a_sibling_may_tolerate_its_failure() -> None:
    text = one_job("- parallel:\n    - {run: bad, continue-on-error: true}\n    - run: b\n- run: c")
    found = run(text, fails="bad")
    assert (texts(found), found.conclusion) == (["bad", "b", "c"], "success")


def test_two_groups_in_a_row_are_two() -> None:
    text = one_job("""
        - parallel: [{run: "echo A=1 >> $GITHUB_ENV"}]
        - parallel: [{run: "${{ env.A }}"}]
        """)
    assert texts(run(text))[1] == "1"


def test_a_background_step_is_seen_behind_its_wait() -> None:
    text = one_job("""
        - {run: bad, id: b, background: true}
        - {run: "[${{ steps.b.outcome }}] ${{ job.status }}"}
        - {wait: b}
        - {run: no}
        - {run: "[${{ steps.b.outcome }}] ${{ job.status }}", if: failure()}
        """)
    assert texts(run(text, fails="bad")) == ["bad", "[] success", "[failure] failure"]


def test_what_nothing_waits_for_counts_at_the_end() -> None:
    found = run(one_job("- {run: bad, background: true}\n- run: a"), fails="bad")
    assert (texts(found), found.conclusion) == (["bad", "a"], "failure")


def test_a_background_step_may_be_cancelled_without_harm() -> None:
    found = run(
        one_job("- {run: a, id: a, background: true}\n- cancel: a\n- {wait-all: true}\n- run: b")
    )
    assert (texts(found), found.conclusion) == (["a", "b"], "success")
    assert found.job("j").step("a").outcome == "cancelled"
    assert found.commands[0].result == "cancelled"


def test_the_oracle_is_asked_in_the_order_of_the_trace() -> None:
    asked: list[Command] = []

    def oracle(command: Command) -> Answer:
        asked.append(command)
        return Answer()

    found = simulate(one_job(GROUP), push(), World(oracle=oracle))
    assert tuple(asked) == found.commands


def test_a_run_is_the_same_every_time() -> None:
    assert run(one_job(GROUP), fails="bad").trace == run(one_job(GROUP), fails="bad").trace
