"""The legs of a matrix."""

from __future__ import annotations

import pytest

from jenkins2gha.simulate.actions import World, failing
from jenkins2gha.simulate.actions.matrix import legs
from jenkins2gha.simulate.expressions import ExpressionError, plain, to_text, value_of
from simulate.workflows import results, run, texts, workflow

AXES = {"os": ["l", "w"], "v": [1, 2]}


def found(**matrix: object) -> list[str]:
    return [
        " ".join(f"{key}={to_text(value)}" for key, value in leg.values.pairs)
        for leg in legs(value_of(matrix))
    ]


@pytest.mark.parametrize(
    ("matrix", "wanted"),
    [
        (AXES, ["os=l v=1", "os=l v=2", "os=w v=1", "os=w v=2"]),
        ({**AXES, "exclude": [{"os": "w"}]}, ["os=l v=1", "os=l v=2"]),
        ({**AXES, "exclude": [{"os": "W", "v": "2"}]}, ["os=l v=1", "os=l v=2", "os=w v=1"]),
        (
            {**AXES, "include": [{"os": "l", "x": "y"}]},
            ["os=l v=1 x=y", "os=l v=2 x=y", "os=w v=1", "os=w v=2"],
        ),
        (
            {"os": ["l"], "include": [{"x": 1}, {"os": "m", "v": 3}, {"x": 2}]},
            ["os=l x=2", "os=m v=3"],
        ),
        ({"os": ["l"], "exclude": [{"os": "l"}], "include": [{"os": "l"}]}, ["os=l"]),
        ({"include": [{"a": 1}, {"b": 2}]}, ["a=1", "b=2"]),
    ],
)
def test_legs(matrix: dict[str, object], wanted: list[str]) -> None:
    assert found(**matrix) == wanted


def test_a_filter_reaches_below_the_axes() -> None:
    matrix = {"n": [{"v": 1, "k": "a"}, {"v": 2, "k": "a"}], "exclude": [{"n": {"v": 2}}]}
    assert [plain(leg.values)["n"]["v"] for leg in legs(value_of(matrix))] == [1]


def test_the_title_leaves_out_what_include_added() -> None:
    matrix = {**AXES, "include": [{"os": "l", "x": "y"}]}
    assert [leg.title for leg in legs(value_of(matrix))] == ["l, 1", "l, 2", "w, 1", "w, 2"]


@pytest.mark.parametrize("matrix", [{"a": []}, {"a": "x"}, {"a": [1], "exclude": [{"a": 1}]}, [1]])
def test_a_matrix_without_legs_is_an_error(matrix: object) -> None:
    with pytest.raises(ExpressionError):
        legs(value_of(matrix))


def test_there_are_no_more_than_256_legs() -> None:
    assert len(legs(value_of({"a": list(range(16)), "b": list(range(16))}))) == 256
    with pytest.raises(ExpressionError, match="257"):
        legs(value_of({"a": list(range(257))}))


MATRIX = """
first:
  runs-on: x
  outputs: {list: '["a", "b"]'}
  steps: [{run: first}]
m:
  needs: first
  runs-on: x
  strategy:
    fail-fast: %s
    matrix: {n: "${{ fromJSON(needs.first.outputs.list) }}", k: [1, 2]}
  outputs: {"o${{ '' }}": x}
  steps: [{run: "make ${{ matrix.n }}${{ matrix.k }} ${{ strategy.job-index }}"}]
last: {needs: m, if: always(), runs-on: x, steps: [{run: "${{ needs.m.result }}"}]}
"""


def test_a_matrix_may_come_from_an_output() -> None:
    run_ = run(workflow(MATRIX % "true"))
    assert texts(run_) == ["first", "make a1 0", "make a2 1", "make b1 2", "make b2 3", "success"]
    assert [command.leg for command in run_.commands[1:5]] == ["a, 1", "a, 2", "b, 1", "b, 2"]


def test_fail_fast_cancels_the_legs_behind() -> None:
    run_ = run(workflow(MATRIX % "true"), fails="a2")
    assert results(run_) == {
        "first": "success", "m a, 1": "success", "m a, 2": "failure", "m b, 1": "cancelled",
        "m b, 2": "cancelled", "last": "success",
    }  # fmt: skip
    assert texts(run_)[-1] == "failure"


def test_without_fail_fast_every_leg_runs() -> None:
    run_ = run(workflow(MATRIX % "false"), fails="a2")
    assert list(results(run_).values()).count("success") == 5
    assert run_.conclusion == "failure"


def test_a_leg_may_tolerate_its_failure_and_does_not_cancel_others() -> None:
    text = workflow("""
        m:
          runs-on: x
          continue-on-error: ${{ matrix.n == 1 }}
          strategy: {matrix: {n: [1, 2]}}
          steps: [{run: "make ${{ matrix.n }}"}]
        last: {needs: m, runs-on: x, steps: [{run: "${{ needs.m.result }}"}]}
        """)
    run_ = run(text, fails="1")
    assert results(run_) == {"m 1": "failure", "m 2": "success", "last": "success"}
    assert (run_.conclusion, texts(run_)[-1]) == ("success", "success")
    assert run(text, fails="2").conclusion == "failure"


def test_the_legs_write_the_same_outputs_and_the_last_that_is_not_empty_stays() -> None:
    text = workflow("""
        m:
          runs-on: x
          strategy: {matrix: {n: [1, 2, 3]}}
          outputs: {o: "${{ matrix.n != 3 && matrix.n || '' }}"}
          steps: [{run: x}]
        last: {needs: m, runs-on: x, steps: [{run: "${{ needs.m.outputs.o }}"}]}
        """)
    assert texts(run(text))[-1] == "2"


def test_a_matrix_that_cannot_be_built_fails_the_job() -> None:
    run_ = run(workflow("m: {runs-on: x, strategy: {matrix: {a: []}}, steps: [{run: x}]}"))
    assert (results(run_), run_.commands) == ({"m": "failure"}, ())


def test_a_leg_that_another_cancels_as_it_runs_ends_with_what_still_holds() -> None:
    text = workflow("""
        m:
          runs-on: x
          strategy: {matrix: {n: [1, 2]}}
          steps:
            - run: prepare ${{ matrix.n }}
            - {id: make, run: "make ${{ matrix.n }}"}
            - run: test ${{ matrix.n }}
            - {if: always() && steps.make.outcome != 'skipped', run: "tidy ${{ matrix.n }}"}
    """)
    oracle = failing(lambda command: command.text == "make 1")
    run_ = run(text, world=World(oracle=oracle, stops=lambda one: one.id == "make"))
    assert texts(run_) == ["prepare 1", "make 1", "tidy 1", "prepare 2", "tidy 2"]
    assert results(run_) == {"m 1": "failure", "m 2": "cancelled"}
