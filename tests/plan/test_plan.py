"""Stages → jobs: who shares a machine, who waits for whom, whose workspace goes on."""

from __future__ import annotations

from jenkins2gha.plan import Manner, Plan, plan
from jenkins2gha.plan.jobs import PlannedGroup, PlannedJob, stages_of
from pipelines import pipeline


def planned(stages: str, *, agent: str = "agent any", post: str = "", **manner: bool) -> Plan:
    text = f"pipeline {{\n{agent}\nstages {{\n{stages}\n}}\n{post}\n}}\n"
    return plan(pipeline(text), Manner(**manner))


def stage(name: str, *, says: str = "", script: str = "make") -> str:
    return f"stage('{name}') {{\n{says}\nsteps {{\nsh '{script}'\n}}\n}}\n"


def shape(found: Plan) -> dict[str, tuple[list[str], tuple[str, ...]]]:
    """For each job its stages and what it needs."""
    return {job.id: ([one.name for one in stages_of(job.stages)], job.needs) for job in found.jobs}


def job(found: Plan, name: str) -> PlannedJob:
    return next(one for one in found.jobs if one.id == name)


LINUX = "agent { label 'linux' }"


def test_stages_of_one_agent_share_a_job() -> None:
    found = planned(stage("Build") + stage("Test"))
    assert shape(found) == {"build": (["Build", "Test"], ())}


def test_another_agent_cuts_and_the_workspace_goes_on_behind_it() -> None:
    found = planned(stage("Build") + stage("Check", says=LINUX) + stage("Ship"))
    assert shape(found) == {
        "build": (["Build"], ()),
        "check": (["Check"], ("build",)),
        "ship": (["Ship"], ("check",)),
    }
    assert job(found, "ship").receives == ("build",)
    assert job(found, "build").gives
    assert job(found, "check").receives == ()


def test_what_needs_no_files_gets_none() -> None:
    tell = "stage('Tell') {\nsteps {\necho 'done'\n}\n}\n"
    found = planned(stage("Build") + stage("Check", says=LINUX) + tell)
    assert job(found, "tell").receives == ()
    assert not job(found, "build").gives


def test_without_an_agent_at_the_top_each_stage_has_its_own() -> None:
    stages = stage("One", says="agent any") + stage("Two", says="agent any")
    found = planned(stages, agent="agent none")
    assert shape(found) == {"one": (["One"], ()), "two": (["Two"], ("one",))}
    assert all(one.checkout for one in found.jobs)
    assert not any(one.receives for one in found.jobs)


def test_branches_with_agents_are_jobs_behind_the_same_job() -> None:
    branches = stage("A", says=LINUX) + stage("B", says=LINUX)
    found = planned(stage("Build") + f"stage('P') {{ parallel {{\n{branches}}} }}\n" + stage("End"))
    assert shape(found) == {
        "build": (["Build"], ()),
        "a": (["A"], ("build",)),
        "b": (["B"], ("build",)),
        "end": (["End"], ("a", "b")),
    }


def test_branches_on_one_workspace_are_a_group() -> None:
    found = planned(f"stage('P') {{ parallel {{\n{stage('A')}{stage('B')}}} }}")
    (only,) = found.jobs
    (group,) = only.stages
    assert isinstance(group, PlannedGroup)
    assert [[one.name for one in branch] for branch in group.branches] == [["A"], ["B"]]


def test_in_a_mixed_parallel_only_those_with_agents_are_jobs() -> None:
    branches = stage("A") + stage("B", says=LINUX)
    found = planned(stage("Build") + f"stage('P') {{ parallel {{\n{branches}}} }}\n" + stage("End"))
    assert {name: needs for name, (_, needs) in shape(found).items()} == {
        "build": (),
        "p": ("build",),
        "b": ("build",),
        "end": ("p", "b"),
    }
    assert job(found, "end").receives == ("p", "build")


def test_sequential_stages_in_a_branch_stay_together() -> None:
    inner = f"stage('A') {{\n{LINUX}\nstages {{\n{stage('A1')}{stage('A2')}}}\n}}\n"
    found = planned(f"stage('P') {{ parallel {{\n{inner}{stage('B', says=LINUX)}}} }}")
    assert shape(found) == {"a": (["A1", "A2"], ()), "b": (["B"], ())}


def test_a_matrix_is_a_job_of_its_own() -> None:
    axes = "axes { axis { name 'X'\nvalues 'a', 'b' } }"
    matrix = f"stage('M') {{ matrix {{\n{axes}\nstages {{\n{stage('Cell')}}}\n}} }}\n"
    found = planned(stage("Build") + matrix + stage("End"))
    assert list(shape(found)) == ["build", "m", "end"]
    assert job(found, "m").matrix
    assert job(found, "m").receives == ("build",)
    assert job(found, "end").receives == ("build",)


def test_an_approval_stands_in_front_of_its_stage() -> None:
    found = planned(stage("Build") + stage("Ship", says="input { message 'Go on?' }"))
    assert shape(found) == {"build": (["Build"], ()), "ship": (["Ship"], ("build",))}
    assert job(found, "ship").gate
    assert job(found, "ship").receives == ("build",)


def test_an_approval_among_steps_cuts_its_stage() -> None:
    steps = "stage('Ship') {\nsteps {\nsh 'a'\ntimeout(5) { input 'Go on?' }\nsh 'b'\n}\n}\n"
    found = planned(stage("Build") + steps)
    assert shape(found) == {"build": (["Build", "Ship"], ()), "ship": (["Ship"], ("build",))}
    gate = job(found, "ship").gate
    assert gate
    assert [one.name for one in gate.around] == ["timeout"]


def test_behind_a_conditional_approval_others_do_not_wait() -> None:
    says = "when { branch 'main' }\ninput { message 'Go on?' }"
    found = planned(stage("Build") + stage("Ship", says=says) + stage("End"))
    assert list(shape(found)) == ["build", "ship", "end"]


def test_the_post_of_a_pipeline_of_several_jobs_is_a_job_behind_all() -> None:
    post = "post { always { sh 'clean' } }"
    found = planned(stage("Build") + stage("Check", says=LINUX), post=post)
    last = found.jobs[-1]
    assert (last.id, last.needs, last.over) == ("post", ("build", "check"), ("build", "check"))
    assert last.receives == ("build",)


def test_the_post_of_one_job_stays_in_it() -> None:
    found = planned(stage("Build"), post="post { always { sh 'clean' } }")
    assert len(found.jobs) == 1
    assert found.jobs[0].post


def test_the_post_of_a_stage_around_several_jobs_is_a_job_behind_them() -> None:
    inner = stage("A", says=LINUX) + stage("B", says=LINUX)
    whole = f"stage('All') {{\nstages {{\n{inner}}}\npost {{ always {{ sh 'tidy' }} }}\n}}\n"
    found = planned(whole + stage("End"))
    assert list(shape(found)) == ["a", "b", "all-post", "end"]
    assert job(found, "all-post").over == ("a", "b")


def test_a_container_in_the_workspace_cuts_nothing() -> None:
    says = "agent { docker { image 'node'\nreuseNode true } }"
    found = planned(stage("Build") + stage("Web", says=says))
    (only,) = found.jobs
    assert [one.container is not None for one in stages_of(only.stages)] == [False, True]


def test_one_job_for_each_stage_where_asked() -> None:
    found = planned(stage("Build") + stage("Test"), stage_jobs=True)
    assert shape(found) == {"build": (["Build"], ()), "test": (["Test"], ("build",))}
    assert job(found, "test").receives == ("build",)


def test_branches_are_jobs_where_asked() -> None:
    stages = stage("Build") + f"stage('P') {{ parallel {{\n{stage('A')}{stage('B')}}} }}\n"
    found = planned(stages, branch_jobs=True)
    assert {name: needs for name, (_, needs) in shape(found).items()} == {
        "build": (),
        "a": ("build",),
        "b": ("build",),
    }
    assert job(found, "a").receives == ("build",)
    assert len(found.scattered) == 1


def test_a_node_among_steps_is_an_executor_of_its_own() -> None:
    steps = "stage('Ship') {\nsteps {\nsh 'a'\nnode('mac') { sh 'b' }\nsh 'c'\n}\n}\n"
    found = planned(steps)
    assert shape(found) == {
        "ship": (["Ship"], ()),
        "ship-2": (["Ship"], ("ship",)),
        "ship-3": (["Ship"], ("ship-2",)),
    }
    assert job(found, "ship-2").agent.name == "node"
    assert job(found, "ship-2").checkout is None
    assert job(found, "ship-3").receives == ("ship",)


def test_a_node_under_no_agent_is_the_only_job() -> None:
    found = planned("stage('A') { steps { script { node('x') { sh 'a' } } } }", agent="agent none")
    assert shape(found) == {"a": (["A"], ())}


EMPTIES = "stage('Clean') {\nsteps {\nsh 'make'\ncleanWs()\n}\n}\n"


def test_an_emptied_workspace_is_not_handed_over() -> None:
    found = planned(EMPTIES + stage("Check", says=LINUX) + stage("Ship"))
    ship = job(found, "ship")
    assert (ship.receives, ship.checkout, ship.empty) == ((), None, True)
    assert not job(found, "clean").gives


def test_a_workspace_that_is_not_surely_emptied_is_handed_over() -> None:
    for last in (
        EMPTIES.replace("cleanWs()", "cleanWs(cleanWhenUnstable: false)"),
        EMPTIES.replace("cleanWs()", "cleanWs()\nsh 'make'"),
        EMPTIES.replace("cleanWs()", "dir('out') { deleteDir() }"),
        EMPTIES.replace("steps {", "when { branch 'main' }\nsteps {"),
        EMPTIES.replace("cleanWs()\n}", "}\npost { success { cleanWs() } }"),
        EMPTIES.replace("cleanWs()\n}", "}\npost { always { cleanWs() }\nsuccess { sh 'make' } }"),
    ):
        found = planned(stage("Build") + last + stage("Check", says=LINUX) + stage("Ship"))
        assert job(found, "ship").receives == ("build",), last
        assert job(found, "ship").checkout
        assert not job(found, "ship").empty


def test_the_post_behind_all_goes_on_in_what_a_failed_job_left() -> None:
    post = "post { always { sh 'ls' } }"
    found = planned(EMPTIES + stage("Check", says=LINUX), post=post)
    assert job(found, "post").receives == ("clean",)
