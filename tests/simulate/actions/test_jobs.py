"""Jobs: their order, their conditions, what they hand on, what they come to."""

from __future__ import annotations

import pytest

from jenkins2gha.simulate.actions import Answer, Run, World, push, simulate
from jenkins2gha.simulate.trace import Command
from simulate.workflows import one_job, results, run, texts, workflow


def chain(condition: str, between: str = "") -> str:
    """`a` ← `b` ← `c`; `c` has the condition, `b` the keys between."""
    return workflow(f"""
        a: {{runs-on: x, steps: [{{run: a}}]}}
        b: {{needs: a, runs-on: x, {between}steps: [{{run: b}}]}}
        c: {{needs: b, if: "{condition}", runs-on: x, steps: [{{run: c}}]}}
        """)


def c_runs(found: Run) -> bool:
    return found.job("c").result != "skipped"


@pytest.mark.parametrize(
    ("condition", "fails", "runs"),
    [
        ("", "", True),
        ("", "b", False),
        ("", "a", False),
        ("true", "a", False),
        ("${{ true }}", "b", False),
        ("success()", "a", False),
        ("failure()", "a", True),
        ("failure()", "b", True),
        ("failure()", "", False),
        ("always()", "a", True),
        ("!cancelled()", "a", True),
        ("cancelled()", "", False),
        ("github.ref_name == 'main'", "", True),
        ("github.ref_name == 'x'", "", False),
        ("needs.b.result == 'success'", "", True),
        ("!cancelled() && needs.b.result == 'success'", "a", False),
        ("always() && needs.b.result == 'skipped'", "a", True),
        ("always() && needs.a.result == 'failure'", "a", False),
        ("success('b')", "", True),
        ("success() || failure()", "a", True),
        ("${{ github.ref_name }} == 'x'", "", True),
        ("${{ github.ref_name }} == 'x'", "b", False),
        ("contains(github.ref, 'failure()')", "a", False),
        ("!!FAILURE()", "a", True),
    ],
)
def test_a_job_runs_if_its_condition_holds(condition: str, fails: str, runs: bool) -> None:
    assert c_runs(run(chain(condition), fails=fails)) is runs


@pytest.mark.parametrize(
    ("condition", "runs"),
    [
        ("", False),
        ("success()", False),
        ("success('b')", True),
        ("!cancelled() && needs.b.result == 'success'", True),
        ("success() || failure() || cancelled()", True),
    ],
)
def test_success_asks_for_all_ancestors(condition: str, runs: bool) -> None:
    """`b` succeeds by `always()` above a failed `a`."""
    assert c_runs(run(chain(condition, "if: always(), "), fails="a")) is runs


def test_a_job_below_a_skipped_one_is_skipped() -> None:
    found = run(chain("success() || failure() || cancelled()", "if: false, "))
    assert results(found) == {"a": "success", "b": "skipped", "c": "skipped"}
    assert found.conclusion == "success"


def test_jobs_run_behind_their_needs_else_as_written() -> None:
    text = workflow("""
        d: {needs: [B, c], runs-on: x, steps: [{run: d}]}
        c: {runs-on: x, steps: [{run: c}]}
        b: {needs: a, runs-on: x, steps: [{run: b}]}
        a: {runs-on: x, steps: [{run: a}]}
        """)
    assert texts(run(text)) == ["c", "a", "b", "d"]


def test_outputs_are_handed_on_to_direct_dependents() -> None:
    text = workflow("""
        a:
          runs-on: x
          outputs: {v: "${{ steps.s.outputs.v }}", none: "", env: "${{ env.E }}"}
          steps: [{id: s, run: "echo v=1 >> $GITHUB_OUTPUT\\necho E=2 >> $GITHUB_ENV"}]
        b:
          needs: a
          runs-on: x
          steps: [{run: "[${{ needs.A.outputs.V }}${{ needs.a.outputs.env }}]"}]
        c: {needs: b, runs-on: x, steps: [{run: "[${{ needs.a.outputs.v }}]"}]}
        """)
    found = run(text)
    assert texts(found)[1:] == ["[12]", "[]"]
    assert found.job("a").outputs == (("v", "1"), ("env", "2"))


def test_an_output_that_holds_a_secret_is_dropped() -> None:
    text = one_job("- run: x", job="outputs: {v: 'a ${{ secrets.S }} b', w: ok}")
    found = run(text, world=World(secrets={"S": "hidden"}))
    assert found.job("j").outputs == (("w", "ok"),)
    assert found.job("j").notes == ("Skip output 'v' since it may contain secret.",)


def test_a_tolerated_failure_is_a_success_for_others() -> None:
    text = workflow("""
        a: {runs-on: x, continue-on-error: true, steps: [{run: a}]}
        b: {needs: a, runs-on: x, steps: [{run: "${{ needs.a.result }}"}]}
        """)
    found = run(text, fails="a")
    assert results(found) == {"a": "failure", "b": "success"}
    assert (texts(found)[-1], found.conclusion) == ("success", "success")


@pytest.mark.parametrize(
    ("jobs", "conclusion"),
    [
        ("a: {runs-on: x, steps: [{run: a}]}", "success"),
        ("a: {runs-on: x, steps: [{run: bad}]}", "failure"),
        ("a: {runs-on: x, if: false, steps: [{run: a}]}", "skipped"),
        ("a: {runs-on: x, steps: []}", "success"),
    ],
)
def test_the_conclusion_of_a_run(jobs: str, conclusion: str) -> None:
    assert run(workflow(jobs), fails="bad").conclusion == conclusion


def test_secrets_and_variables_ignore_case_and_may_be_missing() -> None:
    steps = "- run: '${{ secrets.token }} [${{ secrets.X }}] ${{ vars.COLOUR }} [${{ vars.Y }}]'"
    world = World(secrets={"TOKEN": "t"}, variables={"Colour": "red"})
    assert texts(run(one_job(steps), world=world)) == ["t [] red []"]


def cancelled_at(text: str, word: str, end: str = "cancel") -> Run:
    def oracle(command: Command) -> Answer:
        return Answer(end=end if word in command.text.split() else "success")  # type: ignore[arg-type]

    return simulate(text, push(), World(oracle=oracle))


def test_a_cancelled_run_goes_on_only_where_a_condition_wants_it() -> None:
    text = workflow("""
        a:
          runs-on: x
          steps:
            - run: one
            - run: two
            - {run: no}
            - {run: no, if: failure()}
            - {run: tidy, if: cancelled()}
            - {run: "${{ job.status }}", if: always()}
        b: {needs: a, runs-on: x, steps: [{run: no}]}
        c: {runs-on: x, steps: [{run: no}]}
        d: {needs: a, if: always(), runs-on: x, steps: [{run: d}, {run: e, if: "!cancelled()"}]}
        e: {needs: a, if: "!cancelled()", runs-on: x, steps: [{run: no}]}
        f: {needs: d, runs-on: x, steps: [{run: no}]}
        """)
    found = cancelled_at(text, "two")
    assert texts(found) == ["one", "two", "tidy", "cancelled", "d", "e"]
    assert results(found) == {
        "a": "cancelled", "c": "cancelled", "b": "skipped", "d": "success", "e": "skipped",
        "f": "skipped",
    }  # fmt: skip
    assert found.commands[1].result == "cancelled"
    assert found.conclusion == "cancelled"


def test_a_step_that_wants_cancellation_outlives_it() -> None:
    found = cancelled_at(one_job("- {run: two, if: always()}\n- run: no"), "two")
    assert [command.result for command in found.commands] == ["success"]
    assert results(found) == {"j": "cancelled"}


def test_a_job_that_wants_cancellation_does_not_notice_it() -> None:
    found = cancelled_at(one_job("- run: two\n- run: three", job="if: always()"), "two")
    assert texts(found) == ["two", "three"]
    assert (results(found), found.conclusion) == ({"j": "success"}, "cancelled")


STEPS = """
- {run: slow%s}
- {run: no}
- {run: failed, if: failure()}
- {run: cancelled, if: cancelled()}
"""


def test_the_timeout_of_a_step_is_a_failure() -> None:
    found = cancelled_at(one_job(STEPS % ", timeout-minutes: 5"), "slow", "timeout")
    assert texts(found) == ["slow", "failed"]
    assert results(found) == {"j": "failure"}


def test_the_timeout_of_a_job_cancels_it() -> None:
    found = cancelled_at(one_job(STEPS % ""), "slow", "timeout")
    assert texts(found) == ["slow", "cancelled"]
    assert (results(found), found.conclusion) == ({"j": "cancelled"}, "cancelled")


def test_a_job_that_calls_a_workflow_is_one_command() -> None:
    text = workflow("""
        a: {uses: ./.github/workflows/x.yml, with: {k: "${{ github.ref_name }}"}}
        b: {needs: a, runs-on: x, steps: [{run: "${{ needs.a.outputs.o }}"}]}
        """)
    world = World(
        oracle=lambda command: Answer(outputs={"o": "".join(value for _, value in command.inputs)})
    )
    found = simulate(text, push(), world)
    assert [(one.kind, one.job, one.text.strip()) for one in found.commands] == [
        ("uses", "a", "./.github/workflows/x.yml"),
        ("run", "b", "main"),
    ]


def test_what_a_job_runs_on() -> None:
    text = workflow("""
        a: {runs-on: [self-hosted, big], container: "node:${{ vars.N }}", steps: []}
        b: {runs-on: {group: g, labels: l}, environment: {name: prod}, steps: []}
        c: {runs-on: "${{ vars.R || 'ubuntu-latest' }}", container: "", environment: e, steps: []}
        """)
    found = run(text, world=World(variables={"N": "20"}))
    assert [(job.runs_on, job.container, job.environment) for job in found.jobs] == [
        (("self-hosted", "big"), "node:20", ""),
        (("g", "l"), "", "prod"),
        (("ubuntu-latest",), "", "e"),
    ]
