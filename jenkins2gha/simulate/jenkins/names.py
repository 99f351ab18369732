"""The variables that Jenkins itself sets.

What only the machine knows stands as `$NAME`, for example the path of a workspace.
Source: jenkinsci/jenkins CoreEnvironmentContributor, Run; branch-api-plugin BranchNameContributor.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from jenkins2gha.simulate.situation import Situation

_OF_NODE: Final = ("NODE_NAME", "NODE_LABELS", "EXECUTOR_NUMBER", "WORKSPACE", "WORKSPACE_TMP")
_OF_AGENT: Final = ("PATH", "HOME", "USER", "SHELL", "LANG")
OF_START: Final = frozenset(
    "BRANCH_NAME GIT_BRANCH GIT_LOCAL_BRANCH TAG_NAME CHANGE_ID CHANGE_TARGET CHANGE_BRANCH "
    "CHANGE_FORK CHANGE_URL CHANGE_TITLE CHANGE_AUTHOR BRANCH_IS_PRIMARY JOB_NAME "
    "JOB_BASE_NAME".split()
)
"""Variables that tell how a run was started."""
_LONG_AGO: Final = "$TAG_DATE"


def branch_name(situation: Situation) -> str:
    """What a multibranch job calls the branch: `PR-7` for a pull request."""
    if situation.kind == "pull_request":
        return f"PR-{situation.number}"
    return situation.branch


def job_name(situation: Situation) -> str:
    """The full name of the job; that of a branch ends with the branch."""
    if not situation.multibranch:
        return situation.job_name
    return f"{situation.job_name}/{quote(branch_name(situation), safe='')}"


def of_node(label: str) -> dict[str, str]:
    """The variables of a machine."""
    found = {name: f"${name}" for name in (*_OF_NODE, *_OF_AGENT)}
    if label:
        found["NODE_LABELS"] = label
    return found


def of_build(situation: Situation) -> dict[str, str]:
    """The variables of a build."""
    name, build = job_name(situation), str(situation.build_number)
    path = "/".join(f"job/{part}" for part in name.split("/"))
    url = f"{situation.jenkins_url}{path}/"
    found = {
        "CI": "true",
        "BUILD_NUMBER": build,
        "BUILD_ID": build,
        "BUILD_DISPLAY_NAME": f"#{build}",
        "BUILD_TAG": f"jenkins-{name.replace('/', '-')}-{build}",
        "BUILD_URL": f"{url}{build}/",
        "RUN_DISPLAY_URL": f"{url}{build}/display/redirect",
        "JOB_NAME": name,
        "JOB_BASE_NAME": name.rpartition("/")[2],
        "JOB_URL": url,
        "JENKINS_URL": situation.jenkins_url,
        "HUDSON_URL": situation.jenkins_url,
        "JENKINS_HOME": "$JENKINS_HOME",
    }
    if situation.multibranch:
        found.update(_of_branch(situation))
    return found


def _of_branch(situation: Situation) -> dict[str, str]:
    found = {"BRANCH_NAME": branch_name(situation)}
    if situation.kind == "tag":
        found |= {
            "TAG_NAME": situation.branch,
            "TAG_TIMESTAMP": "$TAG_TIMESTAMP",
            "TAG_UNIXTIME": "$TAG_UNIXTIME",
            "TAG_DATE": _LONG_AGO,
        }
    elif situation.kind == "pull_request":
        found |= {
            "CHANGE_ID": str(situation.number),
            "CHANGE_URL": f"{situation.repository_url}/pull/{situation.number}",
            "CHANGE_TITLE": situation.title,
            "CHANGE_AUTHOR": situation.user,
            "CHANGE_AUTHOR_DISPLAY_NAME": situation.user,
            "CHANGE_TARGET": situation.base,
            "CHANGE_BRANCH": situation.branch,
        }
    elif situation.branch == situation.default_branch:
        found["BRANCH_IS_PRIMARY"] = "true"
    return found


def of_checkout(situation: Situation) -> dict[str, str]:
    """What a checkout of the job's own repository returns.

    Source: jenkinsci/git-plugin, GitSCM.buildEnvironment.
    """
    branch = branch_name(situation) if situation.multibranch else f"origin/{situation.branch}"
    return {
        "GIT_COMMIT": situation.commit,
        "GIT_BRANCH": branch,
        "GIT_URL": situation.repository_url,
    }


def causes(situation: Situation) -> tuple[str, ...]:
    """The classes of what started the build."""
    return {
        "push": ("BranchEventCause",),
        "tag": ("BranchEventCause",),
        "pull_request": ("BranchEventCause",),
        "schedule": ("TimerTriggerCause",),
        "dispatch": ("UserIdCause",),
    }[situation.kind]
