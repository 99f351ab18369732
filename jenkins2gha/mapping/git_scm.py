"""Reads the object of `checkout` that stands for a Git repository.

https://plugins.jenkins.io/git/#plugin-content-checkout-extensions
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jenkins2gha.actions.workflow import Text
from jenkins2gha.jenkins.values import (
    Described,
    EnvironmentRef,
    Known,
    ListOf,
    MapOf,
    Symbolic,
    Value,
    flag_of,
    text_of,
)
from jenkins2gha.mapping.checkout import Manner, Remote
from jenkins2gha.mapping.git_login import login
from jenkins2gha.mapping.lower import expression_of, lower
from jenkins2gha.mapping.masks import joined
from jenkins2gha.mapping.remotes import Refused, Revision, revision
from jenkins2gha.mapping.settled import with_constants
from jenkins2gha.mapping.translation import Context, Scope, Secret
from jenkins2gha.record import dataclass, field, replace
from jenkins2gha.regex import regex

_OWN = regex(r"scm(?:\.\w+)*(?:\[\d+\](?:\.\w+)*)?")
CLASSES = ("GitSCM", "scmGit", "gitSCM")

_WITHOUT_EFFECT = {
    "AuthorInChangelog": "it only changes who Jenkins names in its change log",
    "BuildChooserSetting": "it picks one of several branches; a run has one",
    "ChangelogToBranch": "it only changes Jenkins' change log",
    "CheckoutOption": "the action has no time limit of its own",
    "CleanCheckout": "a runner starts clean",
    "DisableRemotePoll": "it only concerns polling",
    "FirstBuildChangelog": "it only changes Jenkins' change log",
    "GitSCMChecksExtension": "GitHub shows every run as a check",
    "GitSCMStatusChecksExtension": "GitHub shows every run as a check",
    "IgnoreNotifyCommit": "it only concerns polling",
    "MessageExclusion": "it only concerns polling",
    "PathRestriction": "it only concerns polling",
    "PruneStaleBranch": "a runner has no stale branches",
    "PruneStaleTag": "a runner has no stale tags",
    "PruneTags": "a runner has no stale tags",
    "ScmName": "it is Jenkins' own name for the repository",
    "UserExclusion": "it only concerns polling",
}
_SYMBOLS = {
    "cloneOption": "CloneOption",
    "submodule": "SubmoduleOption",
    "relativeTargetDirectory": "RelativeTargetDirectory",
    "cleanBeforeCheckout": "CleanBeforeCheckout",
    "cleanAfterCheckout": "CleanCheckout",
    "lfs": "GitLFSPull",
    "localBranch": "LocalBranch",
    "sparseCheckout": "SparseCheckoutPaths",
    "wipeWorkspace": "WipeWorkspace",
    "pruneStaleBranch": "PruneStaleBranch",
    "pruneTags": "PruneTags",
    "checkoutOption": "CheckoutOption",
    "authorInChangelog": "AuthorInChangelog",
    "changelogToBranch": "ChangelogToBranch",
    "pathRestriction": "PathRestriction",
    "userExclusion": "UserExclusion",
    "messageExclusion": "MessageExclusion",
    "userIdentity": "UserIdentity",
    "preBuildMerge": "PreBuildMerge",
    "perBuildTag": "PerBuildTag",
    "scmName": "ScmName",
    "buildChooser": "BuildChooserSetting",
    "ignoreNotifyCommit": "IgnoreNotifyCommit",
    "disableRemotePoll": "DisableRemotePoll",
    "firstBuildChangelog": "FirstBuildChangelog",
    "gitSCMChecksExtension": "GitSCMChecksExtension",
    "gitSCMStatusChecksExtension": "GitSCMStatusChecksExtension",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """A repository, how it is laid out, the secrets that it needs, and what is left out of it."""

    remote: Remote
    manner: Manner = field(default_factory=Manner)
    secrets: tuple[Secret, ...] = ()
    ignored: tuple[str, ...] = ()


def is_own(value: Value | None) -> bool:
    """Whether a value is the pipeline's own `scm`, or a part of it."""
    if isinstance(value, Symbolic) and value.expr == EnvironmentRef("scm"):
        return True
    return value is not None and _OWN.fullmatch(value.span.text.strip("() \t")) is not None


def read(scm: Described | MapOf, scope: Scope, context: Context) -> Reading:
    """The repository that an object of the Git plugin describes; raises Refused."""
    arguments = scm.arguments if isinstance(scm, Described) else dict(scm.entries)
    reading = _remote(arguments, scope, context)
    for extension in _items(arguments.get("extensions"), "extensions"):
        # In `scm.extensions + […]` the first are those of the job, as in `checkout scm`.
        if not is_own(extension):
            reading = _extension(extension, reading)
    return reading


def _remote(arguments: Mapping[str, Value], scope: Scope, context: Context) -> Reading:
    branches = arguments.get("branches")
    wanted = Revision(None)
    if branches is not None and not is_own(branches):
        names = [_part(item, "name") for item in _items(branches, "branches")]
        if len(names) > 1:
            raise Refused("it names several branches, and Jenkins builds the newest")
        wanted = _revision(names[0] if names else None, scope, context)
    configs = arguments.get("userRemoteConfigs")
    if configs is None or is_own(configs):
        return Reading(Remote(None, wanted))
    remotes = _items(configs, "userRemoteConfigs")
    if len(remotes) != 1:
        raise Refused("it joins several remotes")
    url = _text(_part(remotes[0], "url"), "url", scope, context)
    credentials = _part(remotes[0], "credentialsId")
    if is_own(_part(remotes[0], "url")) or _is_this_repository(url):
        return Reading(Remote(None, wanted))
    if wanted.ref == "FETCH_HEAD":
        refspec = text_of(_part(remotes[0], "refspec"))
        if not refspec:
            raise Refused("which revision it fetches is only known to a run")
        wanted = Revision(refspec.lstrip("+").split(":")[0])
    signed, secrets = login(credentials, url, context)
    return Reading(Remote(url, wanted, signed), secrets=secrets)


def _is_this_repository(url: Text) -> bool:
    parts = getattr(url, "parts", (url,))
    return any(getattr(part, "path", None) == "github.repository" for part in parts)


def _revision(value: Value | None, scope: Scope, context: Context) -> Revision:
    if value is None:
        return Revision(None)
    wanted = revision(_text(value, "branch", scope, context))
    if not wanted.known:
        raise Refused("which branch it takes is decided by a pattern")
    return wanted


def _extension(value: Value, reading: Reading) -> Reading:
    name, arguments = _named(value)
    manner = reading.manner
    match name:
        case "CloneOption":
            return replace(reading, manner=_with(manner, **_depth(arguments)))
        case "SubmoduleOption":
            manner = _with(manner, **_submodules(arguments))
            own = flag_of(arguments.get("parentCredentials")) is True
            return replace(reading, manner=replace(manner, submodules_log_in=own))
        case "GitLFSPull":
            return replace(reading, manner=_with(manner, lfs=True))
        case "CleanBeforeCheckout" | "WipeWorkspace":
            return replace(reading, manner=replace(manner, clean=True))
        case "RelativeTargetDirectory":
            folder = text_of(arguments.get("relativeTargetDir"))
            if folder is None:
                raise Refused("the folder that it checks out into is computed")
            return replace(reading, manner=replace(manner, directory=folder.rstrip("/")))
        case "SparseCheckoutPaths":
            return replace(reading, manner=_with(manner, **_sparse(arguments)))
        case "LocalBranch":
            return replace(reading, remote=_local(reading.remote, arguments))
        case _ if name in _WITHOUT_EFFECT:
            return replace(
                reading,
                ignored=(*reading.ignored, f"`{name}` is left out: {_WITHOUT_EFFECT[name]}"),
            )
    raise Refused(f"the extension {name} is not translated")


def _local(remote: Remote, arguments: Mapping[str, Value]) -> Remote:
    """The action makes a local branch of the ref's name; another name would need git itself."""
    given = arguments.get("localBranch")
    branch = text_of(given)
    if given is not None and not isinstance(given, Known):
        raise Refused("what it calls the branch locally is only known to a run")
    if branch not in (None, "", "**") and branch != remote.revision.branch:
        raise Refused(f"it calls the branch '{branch}' locally")
    return remote


def _depth(arguments: Mapping[str, Value]) -> dict[str, Text | bool | int]:
    depth = arguments.get("depth")
    number = depth.value if isinstance(depth, Known) else None
    deep = isinstance(number, int) and number > 1
    return {"fetch-depth": int(number or 1)} if deep and flag_of(arguments.get("shallow")) else {}


def _submodules(arguments: Mapping[str, Value]) -> dict[str, Text | bool | int]:
    if flag_of(arguments.get("trackingSubmodules")):
        raise Refused("it takes the newest commits of the submodules, not the recorded ones")
    if flag_of(arguments.get("disableSubmodules")):
        return {}
    recursive = flag_of(arguments.get("recursiveSubmodules"))
    return {"submodules": "recursive" if recursive else True}


def _sparse(arguments: Mapping[str, Value]) -> dict[str, Text | bool | int]:
    entries = _items(arguments.get("sparseCheckoutPaths"), "sparseCheckoutPaths")
    paths = [text_of(_part(entry, "path")) for entry in entries]
    if not paths or None in paths:
        raise Refused("the paths of its sparse checkout are computed")
    return {
        "sparse-checkout": "\n".join(str(path) for path in paths),
        "sparse-checkout-cone-mode": False,
    }


def _with(manner: Manner, **inputs: Text | bool | int) -> Manner:
    return replace(manner, inputs={**manner.inputs, **inputs})


def leaves(value: Value) -> Iterator[Value]:
    """The values in an object that are no lists and objects themselves."""
    match value:
        case Described(_, arguments):
            inner = tuple(arguments.values())
        case MapOf(entries):
            inner = tuple(one for _, one in entries)
        case ListOf(items):
            inner = items
        case _:
            yield value
            return
    for one in inner:
        yield from leaves(one)


def _items(value: Value | None, name: str) -> tuple[Value, ...]:
    if value is None or is_own(value):
        return ()
    if isinstance(value, ListOf):
        return value.items
    if isinstance(value, MapOf | Described):
        return (value,)
    raise Refused(f"its `{name}` are computed")


def _named(value: Value) -> tuple[str, Mapping[str, Value]]:
    if isinstance(value, Described):
        return _SYMBOLS.get(value.symbol, value.symbol), value.arguments
    if isinstance(value, MapOf):
        symbol = text_of(value.get("$class")) or ""
        return symbol.split(".")[-1], dict(value.entries)
    raise Refused("one of its extensions is computed")


def _part(value: Value, name: str) -> Value | None:
    if isinstance(value, MapOf):
        return value.get(name)
    return value.arguments.get(name) if isinstance(value, Described) else value


def written(value: Value | None, scope: Scope, context: Context) -> Text | None:
    """A text of a checkout, with the constants that the pipeline itself gives to variables."""
    expression = expression_of(value) if value else None
    known = with_constants(expression, scope, context) if expression else value
    return lower(known, scope, context)


def _text(value: Value | None, name: str, scope: Scope, context: Context) -> Text:
    text = written(value, scope, context)
    if text is None:
        raise Refused(f"its {name} is computed")
    return joined((text,), "")
