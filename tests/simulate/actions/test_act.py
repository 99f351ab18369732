"""Our runs against those of nektos/act, which really runs the shell steps.

What a trace says of a step is run here by bash itself: text, environment and PATH as traced.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from jenkins2gha.simulate.actions import (
    Event,
    World,
    dispatch,
    failing,
    pull_request,
    push,
    simulate,
)
from jenkins2gha.simulate.trace import Command
from simulate.workflows import one_job, workflow

SECRETS = {"TOKEN": "hush-hush"}
VARIABLES = {"COLOUR": "red"}

WORKFLOWS: dict[str, tuple[str, Event]] = {
    "environment at three levels": (
        one_job(
            """
            - run: echo "$A $B $C $D"
            - env: {C: step, D: "${{ env.C }}"}
              run: echo "$A $B $C $D ${{ env.C }}"
            - run: echo "$A $B $C $D"
            """,
            job="env: {B: job, C: job}",
            top="on: push\nenv: {A: top, B: top, C: top}",
        ),
        push(),
    ),
    "the files": (
        one_job("""
            - id: a
              run: |
                echo "V=a b" >> "$GITHUB_ENV"
                echo "out=x=y" >> "$GITHUB_OUTPUT"
                printf '%s=%s\\n' one 1 two 2 >> $GITHUB_OUTPUT
                echo "/opt/j2g/bin" >> "$GITHUB_PATH"
                {
                  echo "lines<<END"
                  echo "first $V"
                  echo second
                  echo END
                } >> "$GITHUB_OUTPUT"
            - run: |
                echo "$V ${{ env.V }} ${{ steps.a.outputs.out }} ${{ steps.a.outputs.two }}"
                echo "${{ steps.a.outputs.lines }}"
                echo "${PATH%%:*}"
            - if: env.V == 'A B'
              run: echo "V=c" >> $GITHUB_ENV
            - run: echo "$V"
            """),
        push(),
    ),
    "a failure and what runs after it": (
        one_job("""
            - {id: a, run: exit 1, continue-on-error: true}
            - run: echo "${{ steps.a.outcome }} ${{ steps.a.conclusion }} ${{ job.status }}"
            - {id: b, run: "echo before; exit 1"}
            - run: echo skipped
            - {if: failure(), run: "echo ${{ steps.b.outcome }}"}
            - {if: "always() && steps.a.outcome == 'failure'", run: echo always}
            - {if: success(), run: echo no}
            - {if: cancelled(), run: echo no}
            """),
        push(),
    ),
    "conditions": (
        one_job(
            """
            - {if: "env.WORD == 'WORD'", run: echo case}
            - {if: "contains(github.event_name, 'US')", run: echo contains}
            - {if: "startsWith(github.ref, 'refs/h') && !startsWith(github.ref, 'x')", run: echo s}
            - {if: "github.event.nothing", run: echo no}
            - {if: "github.event.nothing == ''", run: echo null}
            - {if: "fromJSON('[1, 2]')[1] == '2'", run: echo json}
            - {if: "0 || '' || null", run: echo no}
            - {if: "!env.NONE && (1 < 2)", run: echo not}
            """,
            job="env: {WORD: word}",
        ),
        push(),
    ),
    "functions": (
        one_job("""
            - run: echo "${{ format('{0} {{x}} {1}', 'a', true) }}"
            - run: echo "${{ join(fromJSON('["a", "b"]'), '-') }} ${{ 1.50 }} ${{ 0x10 }}"
            - run: echo "${{ endsWith('File.TXT', '.txt') }} ${{ null }} ${{ false || 'd' }}"
            - run: echo '${{ toJSON(fromJSON('{"a":[1,"b"],"c":null}')) }}'
            - run: echo "${{ secrets.NONE }}|${{ vars.COLOUR }}|${{ vars.none }}"
            """),
        push(),
    ),
    "jobs in a row": (
        workflow("""
            last:
              needs: [first, second]
              runs-on: ubuntu-latest
              steps: [{run: "echo ${{ needs.first.outputs.v }} ${{ needs.second.result }}"}]
            first:
              runs-on: ubuntu-latest
              outputs: {v: "${{ steps.s.outputs.v }}"}
              steps: [{id: s, run: 'echo "v=from-first" >> "$GITHUB_OUTPUT"'}]
            second: {needs: first, runs-on: ubuntu-latest, steps: [{run: echo second}]}
            """),
        push(),
    ),
    "a failed job and those below": (
        workflow("""
            bad: {runs-on: ubuntu-latest, steps: [{run: exit 1}]}
            below: {needs: bad, runs-on: ubuntu-latest, steps: [{run: echo no}]}
            tidy:
              needs: bad
              if: always()
              runs-on: ubuntu-latest
              steps: [{run: "echo ${{ needs.bad.result }}"}]
            told: {needs: bad, if: failure(), runs-on: ubuntu-latest, steps: [{run: echo told}]}
            never: {needs: bad, if: success(), runs-on: ubuntu-latest, steps: [{run: echo no}]}
            """),
        push(),
    ),
    "a matrix": (
        workflow("""
            m:
              runs-on: ubuntu-latest
              strategy:
                max-parallel: 1
                matrix:
                  os: [l, w]
                  v: [1, 2]
                  exclude: [{os: w, v: 1}]
                  include: [{os: l, x: extra}, {os: m, v: 3}]
              steps: [{run: 'echo "${{ matrix.os }} ${{ matrix.v }} ${{ matrix.x }}"'}]
            """),
        push(),
    ),
    "inputs": (
        one_job(
            """
            - run: echo "${{ inputs.word }} ${{ inputs.other }} ${{ github.event.inputs.word }}"
            - {if: inputs.flag, run: echo flag}
            - {if: inputs.flag == true, run: echo boolean}
            """,
            top="""
            on:
              workflow_dispatch:
                inputs:
                  word: {type: string}
                  other: {type: string, default: d}
                  flag: {type: boolean, default: true}
            """,
        ),
        dispatch({"word": "given"}),
    ),
    "a pull request": (
        one_job(
            """
            - run: echo "${{ github.event_name }} ${{ github.head_ref }} ${{ github.base_ref }}"
            - {if: github.event.pull_request.number == 7, run: echo seven}
            - {if: github.event_name == 'push', run: echo no}
            """,
            top="on: [push, pull_request]",
        ),
        pull_request(7, head="topic", base="main"),
    ),
    "shells and folders": (
        one_job(
            """
            - run: 'basename "$PWD"'
              working-directory: /tmp
            - {shell: sh, run: "echo $0 | grep -c bash || true"}
            - {run: "echo $(pwd)"}
            """,
            job="defaults: {run: {working-directory: /usr}}",
        ),
        push(),
    ),
}


def fails(command: Command) -> bool:
    return "exit 1" in command.text


def said(command: Command, folder: Path) -> str:
    """What the traced command prints, run by its shell."""
    files = {name: str(folder / name) for name in ("GITHUB_ENV", "GITHUB_OUTPUT", "GITHUB_PATH")}
    script = folder / "script.sh"
    script.write_text(command.text, encoding="utf-8")
    path = ":".join((*command.path, "/usr/bin:/bin"))
    shell = command.shell.replace("{0}", str(script)).split()
    done = subprocess.run(
        shell,
        env={"PATH": path, **files, **dict(command.environment)},
        cwd=command.directory or folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode == 0) == (command.result == "success"), done.stderr
    return done.stdout


def payload(event: Event) -> dict[str, Any]:
    if event.name != "pull_request":
        return {}
    pull = {"number": event.number, "head": {"ref": event.head}, "base": {"ref": event.base}}
    return {"number": event.number, "pull_request": pull}


@pytest.mark.parametrize("name", WORKFLOWS)
def test_a_run_is_what_act_makes_of_it(
    judge: Callable[[str], ModuleType], tmp_path: Path, name: str
) -> None:
    text, event = WORKFLOWS[name]
    act = judge("act")
    assert act.unfit(text) is None
    theirs = act.run(
        text,
        event=event.name,
        payload=payload(event),
        inputs=event.inputs,
        secrets=SECRETS,
        variables=VARIABLES,
    )
    world = World(oracle=failing(fails), secrets=SECRETS, variables=VARIABLES)
    ours = simulate(text, event, world)
    assert (ours.conclusion == "success") == theirs.success, theirs.log
    assert sorted(
        (one.job, one.id, one.result, said(one, tmp_path)) for one in ours.commands
    ) == sorted((one.job, one.id or "", one.outcome, one.output) for one in theirs.steps), (
        theirs.log
    )
    for job in {one.job for one in ours.commands}:
        own = [one.id or one.name for one in ours.commands if one.job == job]
        assert len(own) == len([one for one in theirs.steps if one.job == job])


def test_the_workflows_differ_where_it_matters() -> None:
    """Without the failures the runs are others: the comparison would notice."""
    text, event = WORKFLOWS["a failure and what runs after it"]
    kept = simulate(text, event, World(oracle=failing(fails)))
    other = simulate(text, event)
    assert [one.text for one in kept.commands] != [one.text for one in other.commands]


SCRIPTS = (
    'x=1; echo "k=$x-$A ${NONE:-d} \\$A" >> $GITHUB_OUTPUT',
    "printf '%s=%s\\n' a \"$SPACE\" b 2 >> $GITHUB_OUTPUT\nprintf 'c=100%%\\n' >> $GITHUB_OUTPUT",
    '{ echo \'k<<E\'; echo "a $SPACE"; echo; echo E; } >> "${GITHUB_OUTPUT}"',
    "cat <<-EOF >> $GITHUB_OUTPUT\n\tk=$A\n\tl=\\$A\n\tEOF",
    "cat >> $GITHUB_OUTPUT <<'EOF'\nk=$A \"x\"\nEOF",
    "echo k=v | tee -a $GITHUB_OUTPUT > /dev/null\ntee -a $GITHUB_OUTPUT <<< l=w",
    "false && echo a=1 >> $GITHUB_OUTPUT\nfalse || echo b=2 >> $GITHUB_OUTPUT",
    "true && echo c=3 >> $GITHUB_OUTPUT",
    "echo -e 'k=1\\nl=2\\t3' >> $GITHUB_OUTPUT; echo 'm=1\\n2' >> $GITHUB_OUTPUT",
    'export B=$A; echo "k=${B}\'s" >> $GITHUB_OUTPUT # not this',
    'echo k=\\\n  v "a\\\nb" >> $GITHUB_OUTPUT',
    "(echo a=1; echo \"b='\"'\"') >> $GITHUB_OUTPUT",
)


@pytest.mark.parametrize("text", SCRIPTS)
@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
def test_bash_writes_what_we_read_from_a_script(tmp_path: Path, text: str) -> None:
    from jenkins2gha.simulate.actions.script import written

    known = {"A": "a", "SPACE": "x  y"}
    target = tmp_path / "output"
    done = subprocess.run(
        ["bash", "-c", text],
        env={"PATH": "/usr/bin:/bin", "GITHUB_OUTPUT": str(target), **known},
        capture_output=True,
        text=True,
        check=False,
    )
    found = written(text, known)
    assert found.unknown == []
    assert found.files["GITHUB_OUTPUT"] == target.read_text(), done.stderr
