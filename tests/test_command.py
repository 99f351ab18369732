"""The command line as a user meets it: files, folders, standard input, exit codes, bad input."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from jenkins2gha.command import main

ROOT = Path(__file__).parents[1]
GOOD = "pipeline { agent any; stages { stage('Build') { steps { sh 'make' } } } }\n"
PARTIAL = "pipeline { agent any; stages { stage('Build') { steps { frobnicate() } } } }\n"
SCHEMA = json.loads((ROOT / "docs" / "report.schema.json").read_text())


def written(folder: Path, **texts: str | bytes) -> list[str]:
    """Files in a folder by name (`_` becomes `.`); their paths in the order given."""
    paths = []
    for name, text in texts.items():
        path = folder / name.replace("_", ".")
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        paths.append(str(path))
    return paths


def report_of(path: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(path.read_text())
    Draft202012Validator(SCHEMA).validate(data)
    return data


def test_one_file_prints_its_workflow_and_a_summary(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["convert", *written(tmp_path, Jenkinsfile=GOOD)]) == 0
    out, err = capsys.readouterr()
    assert "run: make" in out
    assert "converted" in err


def test_standard_input_is_a_source(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stream = io.TextIOWrapper(io.BytesIO(GOOD.encode()))
    monkeypatch.setattr(sys, "stdin", stream)
    assert main(["convert", "-"]) == 0
    assert "run: make" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "words", "code"),
    [
        (GOOD, [], 0),
        (PARTIAL, [], 1),
        ("pipeline {", [], 3),
        ("pipeline { stages { } }", [], 3),
        ("", [], 3),
        ("x = 1", [], 3),
        (GOOD, ["--no-such-option"], 2),
        (GOOD, ["--into", "a", "--out-dir", "b"], 2),
    ],
)
def test_exit_codes(tmp_path: Path, text: str, words: list[str], code: int) -> None:
    assert main(["convert", *written(tmp_path, Jenkinsfile=text), *words]) == code


def test_strict_counts_what_differs(tmp_path: Path) -> None:
    files = written(tmp_path, Jenkinsfile=GOOD)
    assert main(["convert", *files]) == 0
    assert main(["convert", *files, "--strict"]) == 1


def test_several_sources_need_a_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["convert", *written(tmp_path, a=GOOD, b=GOOD)]) == 2
    assert "--out-dir" in capsys.readouterr().err


def test_an_out_dir_has_a_numbered_folder_a_source(tmp_path: Path) -> None:
    files = written(tmp_path, a=GOOD, b="}", c=PARTIAL)
    out, report = tmp_path / "out", tmp_path / "report.json"
    assert main(["convert", *files, "--out-dir", str(out), "--report", str(report)]) == 3
    sources = report_of(report)["sources"]
    assert [one["status"] for one in sources] == ["converted", "failed", "partial"]
    assert sources[0]["workflows"] == ["0001-pipeline/.github/workflows/pipeline.yml"]
    assert sources[1]["workflows"] == []
    assert sources[2]["workflows"] == ["0003-pipeline/.github/workflows/pipeline.yml"]
    assert sorted(str(path.relative_to(out)) for path in out.rglob("*.yml")) == [
        one["workflows"][0] for one in sources if one["workflows"]
    ]


def test_a_folder_is_taken_in_the_order_of_its_paths(tmp_path: Path) -> None:
    (tmp_path / "in" / "b").mkdir(parents=True)
    (tmp_path / "in" / "a").mkdir()
    written(tmp_path / "in" / "b", Jenkinsfile=GOOD)
    written(tmp_path / "in" / "a", Jenkinsfile_release=GOOD, README="no pipeline")
    report = tmp_path / "report.json"
    words = ["--out-dir", str(tmp_path / "out"), "--report", str(report)]
    assert main(["convert", str(tmp_path / "in"), *words]) == 0
    names = [Path(one["source"]).relative_to(tmp_path) for one in report_of(report)["sources"]]
    assert [str(name) for name in names] == ["in/a/Jenkinsfile.release", "in/b/Jenkinsfile"]


def test_several_processes_give_the_same_as_one(tmp_path: Path) -> None:
    files = written(tmp_path, a=GOOD, b=PARTIAL, c="}", d=GOOD)
    for jobs in ("1", "3"):
        words = ["--out-dir", str(tmp_path / jobs), "--report", str(tmp_path / f"{jobs}.json")]
        assert main(["convert", *files, *words, "-j", jobs]) == 3
    assert (tmp_path / "1.json").read_bytes() == (tmp_path / "3.json").read_bytes()


def test_into_a_repository_under_the_job_name(tmp_path: Path) -> None:
    files = written(tmp_path, Jenkinsfile=GOOD)
    assert main(["convert", *files, "--into", str(tmp_path / "repo"), "--name", "Team/App"]) == 0
    assert (tmp_path / "repo/.github/workflows/team-app.yml").is_file()


def test_two_sources_of_one_name_are_wrong_usage(tmp_path: Path) -> None:
    files = written(tmp_path, a=GOOD, b=GOOD)
    assert main(["convert", *files, "--into", str(tmp_path)]) == 2
    assert not (tmp_path / ".github").exists()


def test_what_a_person_edited_is_kept(tmp_path: Path) -> None:
    files = written(tmp_path, Jenkinsfile=GOOD)
    words = ["convert", *files, "--into", str(tmp_path)]
    workflow = tmp_path / ".github/workflows/pipeline.yml"
    assert main(words) == 0
    assert main(words) == 0
    workflow.write_text(workflow.read_text().replace("run: make", "run: make all"))
    assert main(words) == 2
    assert "make all" in workflow.read_text()
    assert main([*words, "--force"]) == 0
    assert "make all" not in workflow.read_text()


BAD = {
    "not UTF-8": (b"pipeline {\n  echo '\xff'\n}", "not UTF-8"),
    "empty": (b"", "pipeline"),
    "binary": (bytes(range(256)) * 8, ""),
    "null bytes": (b"\0" * 1000, ""),
    "10 MB": (b"x = 1\n" * 1_700_000, "too"),
    "10,000 braces": (b"node {" * 10_000 + b"}" * 10_000, "nested"),
    "10,000 brackets": (b"x = " + b"[" * 10_000 + b"]" * 10_000, "nested"),
    "unterminated string": (b"node {\n  sh 'make\n}\n", ""),
    "merge conflict": (
        b"node {\n<<<<<<< HEAD\n  sh 'a'\n=======\n  sh 'b'\n>>>>>>> x\n}\n",
        "merge",
    ),
    "no pipeline": (b"<project></project>", ""),
    "a page": (b"<!DOCTYPE html><html><body>404</body></html>", ""),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_a_clear_error_and_harms_no_other(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, word = BAD[name]
    files = written(tmp_path, bad=data, good=GOOD)
    assert main(["convert", *files, "--out-dir", str(tmp_path / "out")]) == 3
    err = capsys.readouterr().err
    assert f"{files[0]}:" in err
    assert "error[" in err
    assert word in err
    assert "Traceback" not in err
    assert (tmp_path / "out/0002-pipeline/.github/workflows/pipeline.yml").is_file()
    assert not list((tmp_path / "out").glob("0001*"))


def test_ast_gives_one_object_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = written(tmp_path, good='sh "a ${b}", x: 1, y: 2\nnode { }', bad="node {")
    assert main(["ast", "--counts", *files]) == 3
    good, bad = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert good["ok"]
    assert good["counts"] == {"calls": [["sh", 1, 2], ["node", 2, 1]], "gstrings": 1, "closures": 1}
    assert bad["error"]["line"] == 1
    assert not bad["ok"]


def test_ast_shows_every_kind_of_node(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (
        "def x = (String) a as int\nvoid f(int a, b = 1) { new A(b) instanceof C }\nclass D { }\n"
    )
    files = written(tmp_path, good=text)
    assert main(["ast", "--json", *files]) == 0
    tree = json.loads(capsys.readouterr().out)["tree"]
    (variable,) = tree["body"][0]["variables"]
    assert (variable["node"], variable["type"], variable["span"]) == (
        "Variable",
        None,
        [1, 5, 1, 26],
    )
    assert main(["ast", *files]) == 0
    out = capsys.readouterr().out
    assert "Parameter 2-8 name='a'" in out


def test_explain_knows_every_rule_and_no_other(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "when-condition"]) == 0
    assert "What to do" in capsys.readouterr().out
    assert main(["explain", "when-conditon"]) == 2
    assert "did you mean when-condition" in capsys.readouterr().err


def test_timings_only_where_asked(tmp_path: Path) -> None:
    files, report = written(tmp_path, Jenkinsfile=GOOD), tmp_path / "r.json"
    main(["convert", *files, "--report", str(report)])
    assert "elapsed_ms" not in report_of(report)["sources"][0]
    main(["convert", *files, "--report", str(report), "--timings"])
    assert report_of(report)["sources"][0]["elapsed_ms"] > 0


@pytest.mark.parametrize("call", [["-m", "jenkins2gha"], [str(ROOT / "cli.py")]])
def test_it_runs_as_a_module_and_from_a_checkout(call: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, *call, "convert", "-"],
        input=GOOD,
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 0
    assert "run: make" in done.stdout


def test_the_settings_of_its_repository_hold_for_a_source(tmp_path: Path) -> None:
    for name, label in (("one", "big"), ("two", "small")):
        repository = tmp_path / name
        (repository / ".git").mkdir(parents=True)
        (repository / ".github").mkdir()
        settings = f"runners: {{rack: {label}}}\n"
        (repository / ".github" / "jenkins2gha.yaml").write_text(settings)
        text = GOOD.replace("agent any", "agent { label 'rack' }")
        (repository / "Jenkinsfile").write_text(text)
    files = [str(tmp_path / name / "Jenkinsfile") for name in ("one", "two")]
    report = tmp_path / "report.json"
    main(["convert", *files, "--out-dir", str(tmp_path / "out"), "--report", str(report)])
    runners = [one["jobs"][0]["runner"] for one in report_of(report)["sources"]]
    assert runners == [["big"], ["small"]]


def test_the_source_map_points_into_the_workflow(tmp_path: Path) -> None:
    files, target = written(tmp_path, Jenkinsfile=GOOD), tmp_path / "map.json"
    assert main(["convert", *files, "--source-map", str(target)]) == 0
    place = json.loads(target.read_text())["/jobs/build/steps/1"]
    assert [(span["line"], span["column"]) for span in place["spans"]] == [
        (1, GOOD.index("sh '") + 1)
    ]
    assert place["certainty"] == "exact"


def test_the_report_names_the_kind_of_a_credential(tmp_path: Path) -> None:
    bound = "string(credentialsId: 'token', variable: 'T')"
    text = GOOD.replace("sh 'make'", f"withCredentials([{bound}]) {{ sh 'make' }}")
    report = tmp_path / "report.json"
    main(["convert", *written(tmp_path, Jenkinsfile=text), "--report", str(report)])
    assert report_of(report)["sources"][0]["secrets"] == [
        {"name": "TOKEN", "jenkins_id": "token", "kind": "string"}
    ]
