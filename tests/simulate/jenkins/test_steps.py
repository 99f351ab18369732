"""Steps, and options that are steps: their sources' rules, retold."""

from __future__ import annotations

import pytest

from jenkins2gha.simulate.jenkins import Answer, Situation, Unsupported, simulate
from jenkins2gha.simulate.situation import World
from jenkins2gha.simulate.trace import BuildResult, Command, Trace
from simulate.pipelines_run import command, pipeline, run, said, script, steps, words


def test_what_a_script_returns() -> None:
    status = "echo \"${sh(script: 's', returnStatus: true)}\""
    assert words(script(status)) == "s 0"
    assert words(script(status), s=Answer(end="failure", status=3)) == "s 3"
    output = "echo \"[${sh(script: 's', returnStdout: true)}]\""
    assert said(run(script(output), s=Answer(stdout="out\n"))) == ["s", "[out\n]"]
    assert words(script(output), s="failure") == "s"


def test_the_kinds_of_shells() -> None:
    found = run(steps("bat 'a'\npowershell 'b'\npwsh 'c'\nsh label: 'l', script: 'd'"))
    assert [one.shell for one in found.commands[1:]] == ["bat", "powershell", "pwsh", "sh"]
    assert command(found, "d").inputs == (("label", "l"),)


def test_steps_keep_their_arguments_and_places() -> None:
    found = run(steps("junit allowEmptyResults: true, testResults: 'a.xml'\n  deploy 'x', 2"))
    one, other = found.commands[1:]
    assert (one.text, one.inputs) == (
        "junit",
        (("allowEmptyResults", "true"), ("testResults", "a.xml")),
    )
    assert (other.text, other.inputs) == ("deploy", (("0", "x"), ("1", "2")))
    assert (other.line, other.column) == (7, 3)


@pytest.mark.parametrize(
    ("line", "answer", "expected"),
    [
        ("error 'e'", Answer(), "FAILURE"),
        ("unstable 'u'", Answer(), "UNSTABLE"),
        ("catchError { sh 'x' }", Answer(end="failure"), "FAILURE"),
        ("catchError(buildResult: 'UNSTABLE') { sh 'x' }", Answer(end="failure"), "UNSTABLE"),
        ("catchError(buildResult: null) { sh 'x' }", Answer(end="failure"), "SUCCESS"),
        ("warnError('w') { sh 'x' }", Answer(end="failure"), "UNSTABLE"),
        ("warnError('w') { timeout(1) { sh 'x' } }", Answer(end="timeout"), "ABORTED"),
        ("timeout(1) { warnError('w') { sh 'x' } }", Answer(end="timeout"), "ABORTED"),
        ("timeout(1) { sh 'x' }", Answer(end="timeout"), "ABORTED"),
        ("sh 'x'", Answer(end="abort"), "ABORTED"),
        ("junit 'x'", Answer(), "SUCCESS"),
        ("build 'x'", Answer(), "SUCCESS"),
        ("script { currentBuild.result = 'UNSTABLE' }", Answer(), "UNSTABLE"),
        ("script { currentBuild.result = 'nonsense' }", Answer(), "FAILURE"),
        (
            "script { currentBuild.result = 'FAILURE'\ncurrentBuild.result = 'SUCCESS' }",
            Answer(),
            "FAILURE",
        ),
    ],
)
def test_results(line: str, answer: Answer, expected: BuildResult) -> None:
    assert run(steps(line), x=answer).build_result == expected


def answering(text: str, answer: Answer) -> World:
    def world(asked: Command) -> Answer:
        return answer if asked.text == text else Answer()

    return world


def result(line: str, answer: Answer, text: str) -> BuildResult | None:
    return run_in(steps(line), answering(text, answer)).build_result


def run_in(text: str, world: World) -> Trace:
    return simulate(text, Situation(world=world))


def test_reports_of_tests() -> None:
    assert result("junit 'a'", Answer(test_failures=1), "junit") == "UNSTABLE"
    assert result("junit 'a'", Answer(missing=True), "junit") == "FAILURE"
    allowed = "junit testResults: 'a', allowEmptyResults: true"
    assert result(allowed, Answer(missing=True), "junit") == "SUCCESS"
    assert result("archiveArtifacts 'a'", Answer(missing=True), "archiveArtifacts") == "FAILURE"
    html = "publishHTML reportDir: 'a'\nsh 'goes on'"
    found = run_in(steps(html), answering("publishHTML", Answer(missing=True)))
    assert (found.build_result, found.commands[-1].text) == ("FAILURE", "goes on")


def test_behind_a_failure_an_archive_may_be_empty() -> None:
    body = "currentBuild.result = '{}'\narchiveArtifacts 'a'\nsh 'behind'"
    for own, last in (("FAILURE", "behind"), ("UNSTABLE", "archiveArtifacts")):
        found = run_in(
            script(body.format(own)), answering("archiveArtifacts", Answer(missing=True))
        )
        assert found.commands[-1].text == last


def test_downstream_builds() -> None:
    unstable = Answer(result="UNSTABLE")
    assert result("build 'a'\nsh 'never'", unstable, "build") == "UNSTABLE"
    assert result("build job: 'a', propagate: false", unstable, "build") == "SUCCESS"
    assert result("build job: 'a', wait: false", unstable, "build") == "SUCCESS"
    found = run_in(
        script("def b = build(job: 'a', propagate: false)\necho \"${b.result}\""),
        answering("build", unstable),
    )
    assert said(found)[-1] == "UNSTABLE"


def counted(text: str, ends: list[str]) -> World:
    waiting = iter(ends)

    def world(asked: Command) -> Answer:
        return Answer(end=next(waiting)) if asked.text == text else Answer()  # type: ignore[arg-type]

    return world


def test_retry_counts_all_tries() -> None:
    text = steps("retry(3) { sh 'x' }\nsh 'after'")
    assert said(run_in(text, counted("x", ["failure", "success"]))) == ["x", "x", "after"]
    assert said(run_in(text, counted("x", ["failure"] * 3))) == ["x"] * 3


def test_a_timeout_within_is_tried_again_one_around_is_not() -> None:
    inner = steps("retry(2) { timeout(1) { sh 'x' } }")
    assert said(run_in(inner, counted("x", ["timeout", "success"]))) == ["x", "x"]
    outer = run_in(steps("timeout(1) { retry(2) { sh 'x' } }"), counted("x", ["timeout"]))
    assert (said(outer), outer.build_result) == (["x"], "ABORTED")


def test_a_person_who_stops_the_run_is_not_held_up() -> None:
    text = steps("catchError(catchInterruptions: false) { sh 'x' }\nsh 'y'")
    assert words(text, x="abort") == "x"
    timeout = steps("catchError(catchInterruptions: false) { timeout(1) { sh 'x' } }\nsh 'y'")
    assert words(timeout, x="timeout") == "x y"
    assert words(steps("catchError { sh 'x' }\nsh 'y'"), x="abort") == "x y"


def test_options_around_the_stages_hold_for_post_but_not_for_the_checkout() -> None:
    text = steps("sh 'x'", top="options { retry(2) }\npost { always { echo 'post' } }")
    found = run_in(text, counted("x", ["failure", "success"]))
    assert [one.text for one in found.commands] == ["checkout", "x", "echo", "x", "echo"]
    assert found.build_result == "SUCCESS"
    limited = run(steps("sh 'x'", top="options { timeout(1) }"), checkout="timeout", x="timeout")
    assert [one.result for one in limited.commands] == ["success", "cancelled"]


def test_options_of_a_stage_hold_for_its_agent() -> None:
    stage = "stage('S') { agent any\noptions { timeout(1) }\nsteps { sh 'x' } }"
    found = run(pipeline(stage, agent="none"), checkout="timeout")
    assert found.build_result == "ABORTED"


def test_checkouts_of_agents() -> None:
    def texts(top: str, stage: str = "steps { sh 'x' }") -> list[str]:
        found = run(pipeline(f"stage('S') {{ {stage} }}", top=top))
        return [one.text for one in found.commands]

    skip, own = "options { skipDefaultCheckout() }", "agent any\nsteps { sh 'x' }"
    assert texts(skip) == ["x"]
    assert texts("options { skipDefaultCheckout(false) }") == ["checkout", "x"]
    assert texts(skip, own) == ["x"]
    again = "options { skipDefaultCheckout(false) }\n"
    assert texts(skip, again + own) == ["checkout", "x"]
    assert texts("", skip + "\n" + own) == ["checkout", "x"]
    folder = run(steps("sh 'x'", top="options { checkoutToSubdirectory('sub') }"))
    assert [one.directory for one in folder.commands] == ["sub", ""]


def test_agents() -> None:
    def found(agent: str) -> Command:
        return command(run(pipeline("stage('S') { steps { sh 'x' } }", agent=agent)), "x")

    assert found("{ label 'a && b' }").node == "a && b"
    assert found("{ node { label 'n'\ncustomWorkspace '/w' } }").workspace == "1:/w"
    docker = found("{ docker { image 'node:20'\nlabel 'd' } }")
    assert (docker.container, docker.node) == ("node:20", "d")
    assert found("{ docker 'node:20' }").container == "node:20"
    assert found("{ dockerfile true }").container == "dockerfile:./Dockerfile"
    assert found("{ kubernetes { yaml 'x'\ndefaultContainer 'maven' } }").container == "maven"
    assert found("{ kubernetes { yaml 'x' } }").container == ""


def test_a_container_for_each_stage() -> None:
    stages = "stage('A') { steps { sh 'a' } }\nstage('B') { steps { sh 'b' } }"
    top = "options { newContainerPerStage() }\npost { always { sh 'p' } }"
    found = run(pipeline(stages, top=top, agent="{ docker 'i' }"))
    assert [one.container for one in found.commands] == ["", "i", "i", ""]
    assert len({one.workspace for one in found.commands}) == 1


def test_errors_in_groovy() -> None:
    body = """try { sh 'x' }
    catch (e) { echo "caught ${e.message}"; throw e }
    finally { echo 'done' }"""
    assert words(script(body), x="failure") == "x caught script returned exit code 1 done"
    body = "try { timeout(1) { sh 'x' } } catch (hudson.AbortException e) { echo 'no' }"
    assert run(script(body), x="timeout").build_result == "ABORTED"
    assert words(script("throw new Exception('x')")) == ""


def test_files() -> None:
    body = """writeFile file: 'a', text: 'written'
    echo readFile('a')
    dir('d') { echo "${fileExists('a')} ${fileExists('b')}" }
    echo readJSON(text: '{"a": [1, {"b": 2}]}').a[1].b.toString()"""
    files = Situation(files={"d/b": "x"})
    assert said(run(script(body), files)) == ["written", "false true", "2"]
    with pytest.raises(Unsupported):
        run(script("echo readFile('unknown')"))


def test_blocks_that_are_not_known_are_a_command_and_run_their_body() -> None:
    found = run(steps("frobnicate(['k']) { sh 'x' }"))
    assert [one.text for one in found.commands] == ["checkout", "frobnicate", "x"]


def test_waiting_until_something_holds() -> None:
    text = script("waitUntil { sh(script: 'x', returnStatus: true) == 0 }")
    assert said(run_in(text, counted("x", ["failure", "failure", "success"]))) == ["x"] * 3
    for body in ("false", "sh(script: 'x', returnStatus: true) == 1"):
        with pytest.raises(Unsupported, match="does not end"):
            run(script(f"waitUntil {{ {body} }}"))


def test_an_unstash_without_a_stash_fails() -> None:
    assert run(steps("unstash 'none'")).build_result == "FAILURE"


def test_docker_in_a_script() -> None:
    body = """def i = docker.build('me/app', '-f D .')
    docker.withRegistry('https://r', 'cred') { i.push('latest') }
    i.inside { sh 'x' }"""
    found = run(script(body))
    assert [one.text for one in found.commands[1:]] == [
        "docker.build",
        "docker.withRegistry",
        "docker.push",
        "x",
    ]
    assert command(found, "x").container == "me/app"


def test_a_scripted_pipeline() -> None:
    text = """
    def build(name) { stage(name) { sh "make $name" } }
    node('linux') {
        checkout scm
        ['a', 'b'].each { build(it) }
    }
    node { sh 'other' }
    """
    found = run(text)
    assert [(one.text, one.workspace, one.stage) for one in found.commands] == [
        ("checkout", "1", ()),
        ("make a", "1", ("a",)),
        ("make b", "1", ("b",)),
        ("other", "2", ()),
    ]


def test_the_previous_build_and_the_names_of_this_one() -> None:
    body = 'echo "${currentBuild.previousBuild?.result} ${currentBuild.currentResult}"'
    assert words(script(body)) == "null SUCCESS"
    assert words(script(body), Situation(previous="FAILURE")) == "FAILURE SUCCESS"
    shown = "currentBuild.displayName = 'v1'\necho currentBuild.displayName"
    assert words(script(shown)) == "v1"


def test_the_name_of_a_library_is_not_taken_for_a_mistake() -> None:
    with pytest.raises(Unsupported, match="library"):
        run("@Library('x') _\nnode { echo deploy }")
    with pytest.raises(Unsupported, match="library"):
        run("node { deploy.now() }")
    assert run("node { echo deploy }").build_result == "FAILURE"
