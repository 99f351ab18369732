"""Variables: pipeline-model-definition's EnvironmentTest and the rules of EnvVars, retold."""

from __future__ import annotations

from jenkins2gha.simulate.jenkins import Answer, Situation
from simulate.pipelines_run import command, pipeline, run, script, steps, variables, words


def test_values_refer_to_each_other_in_any_order() -> None:
    top = 'environment { A = "${B}/a"\nB = "${env.C}/b"\nC = \'c\' }'
    found = variables(steps("sh 'x'", top=top))
    assert found == {"A": "c/b/a", "B": "c/b", "C": "c"}


def test_each_reference_computes_anew() -> None:
    top = """environment {
        V = sh(script: 'get', returnStdout: true)
        A = "a$V"
        B = V + 'b'
    }"""
    assert words(steps("sh 'x'", top=top)) == "get get get x"


def test_a_value_that_names_itself_means_the_outer_one() -> None:
    inner = 'environment { A = "${env.A}:in"\nB = "${B}:in" }'
    text = pipeline(
        f"stage('S') {{ {inner}\nsteps {{ sh 'x' }} }}",
        top="environment { A = 'a'\nB = 'b' }",
    )
    assert variables(text) == {"A": "a:in", "B": "b:in"}


def test_a_name_that_nobody_knows_is_null_in_a_value() -> None:
    assert variables(steps("sh 'x'", top='environment { A = "x$NONE" }')) == {"A": "xnull"}


def test_a_value_does_not_see_its_siblings_in_its_shell() -> None:
    top = "environment { A = 'a'\nB = sh(script: 'b', returnStdout: true) }"
    found = run(steps("sh 'x'", top=top), b=Answer(stdout="out\n"))
    assert command(found, "b").environment == ()
    assert dict(command(found, "x").environment) == {"A": "a", "B": "out\n"}


def test_credentials_come_first() -> None:
    top = "environment { A = \"key $KEY\"\nKEY = credentials('id') }"
    found = variables(steps("sh 'x'", top=top))
    assert found == {"A": "key secret:id", "KEY": "secret:id"}


def test_the_parts_of_credentials() -> None:
    top = "environment { L = credentials('login')\nK = credentials('key') }"
    known = Situation(credentials={"login": "login", "key": "key"})
    assert variables(steps("sh 'x'", top=top), known) == {
        "L": "secret:login.username:secret:login.password",
        "L_USR": "secret:login.username",
        "L_PSW": "secret:login.password",
        "K": "secret:key",
        "K_USR": "secret:key.username",
        "K_PSW": "secret:key.passphrase",
    }
    guessed = variables(steps("sh 'echo $L_USR'", top="environment { L = credentials('x') }"))
    assert set(guessed) == {"L", "L_USR", "L_PSW"}


def test_an_empty_value_takes_a_variable_away() -> None:
    text = pipeline(
        "stage('S') { environment { A = '' }\nsteps { sh 'x'\nwithEnv(['B=']) { sh 'y' } } }",
        top="environment { A = 'a'\nB = 'b' }",
    )
    found = run(text)
    assert dict(command(found, "x").environment) == {"B": "b"}
    assert dict(command(found, "y").environment) == {}


def test_inner_blocks_win_over_outer_ones_and_these_over_what_is_assigned() -> None:
    text = script(
        "env.A = 'assigned'\nenv.B = 'assigned'\nsh 'x'\nwithEnv(['A=inner']) { sh 'y' }",
        top="environment { A = 'outer' }",
    )
    found = run(text)
    assert dict(command(found, "x").environment) == {"A": "outer", "B": "assigned"}
    assert dict(command(found, "y").environment) == {"A": "inner", "B": "assigned"}


def test_what_is_assigned_wins_over_a_parameter_and_may_be_empty() -> None:
    top = "parameters { string(name: 'P', defaultValue: 'p') }"
    assert variables(script("sh 'x'", top=top)) == {"P": "p"}
    assert variables(script("env.P = 'q'\nenv.E = ''\nsh 'x'", top=top)) == {"P": "q", "E": ""}
    assert variables(script("env.N = null\nsh 'x'")) == {"N": "null"}


def test_folders_before_the_path() -> None:
    found = run(steps("withEnv(['PATH+A=/a']) { withEnv(['PATH+B=/b', 'X+Y=z']) { sh 'x' } }"))
    one = command(found, "x")
    assert one.path == ("/b", "/a")
    assert dict(one.environment) == {"X": "z"}


def test_a_path_that_is_set_as_a_whole() -> None:
    inner = "withEnv([\"PATH=/a:${env.PATH}\"]) { withEnv(['PATH+B=/b']) { sh 'x' } }"
    one = command(run(steps(f"withEnv(['PATH+C=/c']) {{ {inner} }}")), "x")
    assert one.path == ("/b",)
    assert one.variable("PATH") == "/a:/c:$PATH"


def test_parameters() -> None:
    top = """parameters {
        string(name: 'S', defaultValue: 's')
        booleanParam(name: 'B', defaultValue: false)
        choice(name: 'C', choices: ['x', 'y'])
        choice(name: 'D', choices: 'one\\ntwo')
        text(name: 'T')
        password(name: 'W', defaultValue: '')
        file(name: 'F')
    }"""
    text = steps("sh 'x'", top=top)
    defaults = {"S": "s", "B": "false", "C": "x", "D": "one", "T": "", "W": "secret:W"}
    assert variables(text) == defaults
    entered = Situation(kind="dispatch", parameters={"B": True, "C": "y"})
    assert variables(text, entered) == {**defaults, "B": "true", "C": "y"}
    assert variables(text, Situation(parameters={"S": "not entered"})) == defaults


def test_parameters_in_groovy_have_their_types_but_as_variables_they_are_texts() -> None:
    top = "parameters { booleanParam(name: 'B', defaultValue: false) }"
    body = "echo \"${params.B ? 1 : 2} ${B ? 1 : 2} ${env.B == 'false'} ${params.NONE}\""
    assert words(script(body, top=top)) == "2 1 true null"


def test_the_parameters_of_a_scripted_pipeline() -> None:
    text = "properties([parameters([string(name: 'P', defaultValue: 'p')])])\nnode { sh \"$P\" }"
    assert words(text) == "p"


def test_names_of_jenkins_are_told_where_a_script_speaks_of_them() -> None:
    found = variables(steps("sh 'echo $BUILD_NUMBER ${BRANCH_NAME} $CHANGE_ID $STAGE_NAME'"))
    assert found == {"BUILD_NUMBER": "42", "BRANCH_NAME": "main", "STAGE_NAME": "S"}
    request = Situation(kind="pull_request", branch="topic", number=5)
    found = variables(steps("sh 'echo $BRANCH_NAME $CHANGE_ID $CHANGE_BRANCH'"), request)
    assert found == {"BRANCH_NAME": "PR-5", "CHANGE_ID": "5", "CHANGE_BRANCH": "topic"}


def test_the_names_of_a_job_and_its_branch() -> None:
    body = 'echo "$JOB_NAME $JOB_BASE_NAME $BUILD_TAG"'
    said = words(steps(body), Situation(branch="feature/x"))
    assert said == "team/app/feature%2Fx feature%2Fx jenkins-team-app-feature%2Fx-42"
    assert words(steps('echo "${env.BRANCH_IS_PRIMARY}"')) == "true"
    assert words(steps('echo "${env.BRANCH_IS_PRIMARY}"'), Situation(branch="x")) == "null"


def test_the_checkout_of_an_agent_sets_names_the_step_only_returns_them() -> None:
    assert words(steps('echo "${env.GIT_BRANCH}"')) == "main"
    body = 'node { def m = checkout scm\necho "${m.GIT_BRANCH} ${env.GIT_BRANCH}" }'
    assert words(body) == "main null"


def test_environment_in_a_condition_of_the_plugin_copies_safe_navigation_as_plain() -> None:
    top = 'environment { A = "${NONE?.size()}" }'
    found = run(steps("sh 'x'", top=top))
    assert (found.build_result, found.reason[:34]) == (
        "FAILURE",
        "java.lang.IllegalArgumentException",
    )


def test_bindings_of_credentials() -> None:
    body = """withCredentials([
        string(credentialsId: 't', variable: 'T'),
        usernamePassword(credentialsId: 'l', usernameVariable: 'U', passwordVariable: 'P'),
        usernameColonPassword(credentialsId: 'l', variable: 'UP'),
        file(credentialsId: 'f', variable: 'F'),
        sshUserPrivateKey(credentialsId: 'k', keyFileVariable: 'K'),
        [$class: 'StringBinding', credentialsId: 'o', variable: 'O'],
    ]) { sh 'x' }\nsh 'y'"""
    found = run(steps(body))
    assert dict(command(found, "x").environment) == {
        "T": "secret:t",
        "U": "secret:l.username",
        "P": "secret:l.password",
        "UP": "secret:l.username:secret:l.password",
        "F": "secret:f",
        "K": "secret:k",
        "O": "secret:o",
    }
    assert command(found, "y").environment == ()


def test_properties_in_a_declarative_pipeline_are_the_jobs_from_the_run_before() -> None:
    declared = "properties([parameters([booleanParam(name: 'CLEAN', defaultValue: true)])])\n"
    text = steps("sh 'x'", before=declared)
    assert variables(text) == {"CLEAN": "true"}
    late = pipeline(
        "stage('A') { steps { sh 'a' } }\nstage('B') { steps { script { " + declared + " } } }"
    )
    assert variables(late) == {"CLEAN": "true"}


def test_parameters_of_plugins_are_no_steps() -> None:
    top = """parameters {
        validatingString(name: 'V', defaultValue: 'v', regex: 'v.*')
        activeChoice(name: 'A', script: groovyScript(script: [script: 'x']))
    }"""
    found = run(steps("sh 'x'", top=top))
    assert [one.text for one in found.commands] == ["checkout", "x"]
    assert dict(command(found, "x").environment) == {"V": "v", "A": ""}


def test_a_run_by_schedule_has_the_parameters_of_its_line() -> None:
    top = """parameters { string(name: 'P', defaultValue: 'p')\nbooleanParam(name: 'B') }
    triggers { parameterizedCron('''
        # nightly
        H 4 * * * %P=night;B=true
        H 5 * * * % P=dawn
    ''') }"""
    text = steps("sh 'x'", top=top)
    assert variables(text, Situation(kind="schedule")) == {"P": "night", "B": "true"}
    later = Situation(kind="schedule", schedule="H 5 * * *")
    assert variables(text, later) == {"P": "dawn", "B": "false"}
    assert variables(text) == {"P": "p", "B": "false"}


def test_branches_do_not_find_what_others_set_at_the_same_time() -> None:
    found = run(
        script(
            "env.A = 'a'\nparallel one: { env.A = 'b'\nsh 'x' }, "
            "two: { sh 'y'\nenv.B = 'c' }\nsh 'z'"
        )
    )
    assert command(found, "x").environment == (("A", "b"),)
    assert command(found, "y").environment == (("A", "a"),)
    assert command(found, "y").raced == {"A"}
    assert command(found, "z").environment == (("A", "b"), ("B", "c"))
    assert command(found, "z").raced == frozenset()
