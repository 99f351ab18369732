"""Where commands run, and whose files they find there."""

from __future__ import annotations

from simulate.pipelines_run import command, pipeline, run, steps


def test_stages_without_an_agent_share_the_workspace_of_the_pipeline() -> None:
    found = run(pipeline("stage('A') { steps { sh 'a' } }\nstage('B') { steps { sh 'b' } }"))
    one, other = command(found, "a"), command(found, "b")
    assert one.workspace == other.workspace != ""
    assert other.seen == {0, one.index}


def test_a_stage_with_an_agent_has_a_workspace_and_a_checkout_of_its_own() -> None:
    found = run(
        pipeline("stage('A') { steps { sh 'a' } }\nstage('B') { agent any\nsteps { sh 'b' } }")
    )
    assert [one.text for one in found.commands] == ["checkout", "a", "checkout", "b"]
    assert command(found, "b").workspace != command(found, "a").workspace
    assert command(found, "b").seen == {2}


def test_unstash_brings_what_the_stash_had() -> None:
    found = run(
        pipeline(
            """
            stage('A') { agent any\nsteps { sh 'a'\nstash 's'\nsh 'later' } }
            stage('B') { agent any\nsteps { unstash 's'\nsh 'b' } }
            """,
            agent="none",
        )
    )
    texts = [one.text for one in found.commands]
    seen = {texts[at] for at in command(found, "b").seen}
    assert seen == {"checkout", "a", "stash", "unstash"}


def test_branches_do_not_count_on_each_others_files() -> None:
    found = run(
        pipeline(
            """
            stage('P') { parallel {
                stage('X') { steps { sh 'x' } }
                stage('Y') { steps { sh 'y' } }
            } }
            stage('Z') { steps { sh 'z' } }
            """
        )
    )
    x, y, z = (command(found, one) for one in "xyz")
    assert x.index not in y.seen
    assert {x.index, y.index} <= z.seen
    assert [one[1] for one in x.strand + y.strand] == ["X", "Y"]
    assert x.strand[0][0] == y.strand[0][0]
    assert z.strand == ()


def test_folders() -> None:
    found = run(steps("dir('a') { sh 'x'\ndir('../b/c') { sh 'y' } }\nws('/w') { sh 'z' }"))
    assert [command(found, one).directory for one in "xyz"] == ["a", "b/c", ""]
    assert command(found, "z").workspace != command(found, "x").workspace


def test_deleting_all_leaves_nothing() -> None:
    found = run(steps("sh 'a'\ndir('sub') { deleteDir() }\nsh 'b'\ndeleteDir()\nsh 'c'"))
    assert command(found, "a").index in command(found, "b").seen
    assert command(found, "c").seen == frozenset()


def test_a_container_on_the_same_workspace_drops_what_was_put_before_the_path() -> None:
    found = run(
        pipeline(
            """
            stage('A') {
                agent { docker { image 'node:20'; reuseNode true } }
                steps { withEnv(['PATH+X=/inner']) { sh 'a' } }
            }
            """,
        )
    )
    assert [one.text for one in found.commands] == ["checkout", "a"]
    assert command(found, "a").container == "node:20"
    assert command(found, "a").path == ("/inner",)
    outer = steps(
        "withEnv(['PATH+X=/x', 'A=b']) { script { docker.image('i').inside { sh 'a' } } }"
    )
    assert command(run(outer), "a").path == ()
    assert command(run(outer), "a").variable("A") == "b"


def test_a_script_without_a_machine_fails() -> None:
    found = run(pipeline("stage('A') { steps { sh 'a' } }", agent="none"))
    assert (found.build_result, found.commands) == ("FAILURE", ())
