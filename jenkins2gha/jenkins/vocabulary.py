"""Names that Groovy and Jenkins give every script, and the signatures of steps."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from jenkins2gha.groovy import ast
from jenkins2gha.tables import table

LEAVES = frozenset(
    (ast.StringLiteral, ast.NumberLiteral, ast.BooleanLiteral, ast.NullLiteral, ast.Name, ast.Text)
)
"""Kinds of nodes that hold no others: most of a tree, so that it pays to pass them by."""

OBJECT_METHODS = frozenset(
    """
    asBoolean asType call dump equals find findAll findIndexOf getAt getBinding getClass
    getMetaClass getMetaPropertyValues getProperties getProperty grep hasProperty hashCode identity
    inject inspect invokeMethod is isCase iterator metaClass notify notifyAll putAt respondsTo
    setBinding setMetaClass setProperty split sprintf super tap this toString use wait with
    withTraits
    """.split()
)
"""Methods that a script has of its own (`java.lang.Object`, Groovy's additions, `Script`), so that
a call without receiver reaches them and no step. `print`, `println`, `printf` and `sleep` are not
among them: Jenkins' script class turns the first three into `echo`, and its step hides the last."""

_DEFINED = frozenset(
    """
    BRANCH_NAME BRANCH_IS_PRIMARY CHANGE_ID CHANGE_URL CHANGE_TITLE CHANGE_AUTHOR
    CHANGE_AUTHOR_DISPLAY_NAME CHANGE_AUTHOR_EMAIL CHANGE_TARGET CHANGE_BRANCH CHANGE_FORK
    TAG_NAME TAG_TIMESTAMP TAG_UNIXTIME TAG_DATE CI BUILD_NUMBER BUILD_ID BUILD_DISPLAY_NAME
    BUILD_TAG BUILD_URL RUN_DISPLAY_URL RUN_ARTIFACTS_DISPLAY_URL RUN_CHANGES_DISPLAY_URL
    RUN_TESTS_DISPLAY_URL JOB_NAME JOB_BASE_NAME JOB_URL JOB_DISPLAY_URL NODE_NAME NODE_LABELS
    EXECUTOR_NUMBER WORKSPACE WORKSPACE_TMP JENKINS_HOME JENKINS_URL HUDSON_HOME HUDSON_URL
    HUDSON_SERVER_COOKIE JENKINS_SERVER_COOKIE GIT_COMMIT GIT_PREVIOUS_COMMIT
    GIT_PREVIOUS_SUCCESSFUL_COMMIT GIT_BRANCH GIT_LOCAL_BRANCH GIT_CHECKOUT_DIR GIT_URL
    GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL SVN_REVISION SVN_URL
    STAGE_NAME PATH HOME USER JAVA_HOME BUILD_CAUSE BUILD_USER BUILD_USER_ID BUILD_USER_EMAIL
    BUILD_USER_FIRST_NAME BUILD_USER_LAST_NAME POD_LABEL POD_CONTAINER MAVEN_HOME M2_HOME
    """.split()
)
_PREFIXES = ("ghprb", "gitlab", "GIT_URL_", "GERRIT_", "BITBUCKET_")


_NO_VARIABLES = frozenset(
    """
    com currentBuild delegate docker env groovy hudson io java javax jenkins manager net org out
    owner params pipeline pullRequest scm steps super this
    """.split()
)


def may_come_from_outside(name: str) -> bool:
    """Whether a name that a file does not define can be a variable of the environment, as one of
    the server's settings, a folder or the job: a class or a package it is by its form, and objects
    that every script has are none.

    Source: workflow-cps-plugin, CpsScript.getProperty asks `env` last, before it fails.
    """
    return name not in _NO_VARIABLES and not re.match(r"[A-Z]\w*[a-z]", name)


def is_defined_by_jenkins(name: str) -> bool:
    """Whether Jenkins or one of its usual plugins sets the environment variable `name`."""
    return name in _DEFINED or name.startswith(_PREFIXES)


def signature(name: str) -> tuple[str, dict[str, Any]] | None:
    """The signature of a step or symbol under its own name, aliases resolved; None if unknown."""
    row = table("signatures").get(name)
    while row is not None and "alias" in row:
        name = row["alias"]
        row = table("signatures")[name]
    return (name, row) if row is not None else None


def kind(name: str) -> str | None:
    """`step`, `symbol` or `both`; None for a name that no signature knows."""
    row = table("signatures").get(name)
    return None if row is None else str(row.get("kind", "step"))


@cache
def plugin_globals() -> frozenset[str]:
    """The global variables whose calls are steps: `docker`, `openshift` and the like."""
    return frozenset(name.split(".")[0] for name in table("signatures") if "." in name)
