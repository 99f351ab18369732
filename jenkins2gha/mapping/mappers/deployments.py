"""Steps of plugins that run one command: `ansiblePlaybook`, `s3Upload`, `deploy`, `zip`, `unzip`.

https://plugins.jenkins.io/ansible/
https://plugins.jenkins.io/pipeline-aws/
https://plugins.jenkins.io/deploy/
https://plugins.jenkins.io/pipeline-utility-steps/
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from jenkins2gha.actions.workflow import Origin
from jenkins2gha.diagnostics import Certainty
from jenkins2gha.jenkins.pipeline import Step
from jenkins2gha.jenkins.values import Described, Known, ListOf, MapOf, Value, flag_of, text_of
from jenkins2gha.mapping.credentials import Binding, Bound, bind
from jenkins2gha.mapping.interpolation import Refusal, Script, word
from jenkins2gha.mapping.lower import expression_of
from jenkins2gha.mapping.placing import shell_step
from jenkins2gha.mapping.rows import manual, merged
from jenkins2gha.mapping.stated import stated
from jenkins2gha.mapping.translation import NOTHING, Context, Scope, Translate, Translation
from jenkins2gha.mapping.uses import Inputs, in_directory, uses
from jenkins2gha.mapping.variables import with_text
from jenkins2gha.record import replace

_ANSIBLE = {
    "inventory": "--inventory",
    "dynamicInventory": "--inventory",
    "limit": "--limit",
    "tags": "--tags",
    "skippedTags": "--skip-tags",
    "startAtTask": "--start-at-task",
    "becomeUser": "--become-user",
    "sudoUser": "--become-user",
    "forks": "--forks",
}
_SPOKEN = frozenset(
    "playbook credentialsId disableHostKeyChecking hostKeyChecking become sudo colorized extraVars "
    "extras installation vaultTmpPath checkMode".split()
) | frozenset(_ANSIBLE)


class _UnknownError(Exception):
    """An argument whose value only a run, or Groovy, knows."""


def ansible_playbook(step: Step, scope: Scope, context: Context, _: Translate) -> Translation:
    """`ansiblePlaybook playbook: 'site.yml', inventory: 'hosts'` → `ansible-playbook`."""
    left = next((name for name in step.arguments if _is_left(step, name)), None)
    if left or context.runner.os == "windows":
        message = f"`{left or 'ansiblePlaybook'}` of `ansiblePlaybook` is not translated here"
        return manual(step, "argument-unknown", message, scope, context)
    inner, bound = scope, Bound(scope)
    identity = text_of(step.arguments.get("credentialsId"))
    if flag_of(step.arguments.get("disableHostKeyChecking")) or (
        flag_of(step.arguments.get("hostKeyChecking"), default=True) is False
    ):
        inner = with_text(inner, "ANSIBLE_HOST_KEY_CHECKING", "False")
    if flag_of(step.arguments.get("colorized")):
        inner = with_text(inner, "ANSIBLE_FORCE_COLOR", "true")
    if identity:
        parts = {"value": "ANSIBLE_PRIVATE_KEY_FILE", "username": "ANSIBLE_REMOTE_USER"}
        binding = Binding("sshUserPrivateKey", identity, parts)  # type: ignore[arg-type]
        bound = bind(binding, inner, context, step.span)
        inner = bound.scope
    try:
        script = merged_words(_ansible(step, inner, context))
    except _UnknownError as unknown:
        return _refused(step, str(unknown), scope, context)
    action = shell_step(
        script,
        step.span,
        "command-of-a-plugin",
        scope=inner,
        context=context,
        certainty=Certainty.APPROXIMATE,
        here=True,
        whole=True,
    )
    message = "Ansible is the one on the runner"
    if identity:
        message += f"; the credential '{identity}' is taken for an SSH key with a user"
    own = stated(step, ("command-of-a-plugin", message), scope, context, steps=(action,))
    return bound.before + own + bound.after


def _is_left(step: Step, name: str) -> bool:
    value = step.arguments[name]
    return name not in _SPOKEN and text_of(value) not in ("", "false")


def _ansible(step: Step, scope: Scope, context: Context) -> Iterator[Script]:
    yield Script("ansible-playbook")
    yield _word(step.arguments.get("playbook"), "playbook", scope, context)
    for name, option in _ANSIBLE.items():
        value = step.arguments.get(name)
        if value is not None and text_of(value) not in ("", "0"):
            yield _option(option, _word(value, name, scope, context))
    for flag, option in (("become", "--become"), ("sudo", "--become"), ("checkMode", "--check")):
        if flag_of(step.arguments.get(flag)):
            yield Script(option)
    extra = step.arguments.get("extraVars")
    if extra is not None and not isinstance(extra, MapOf):
        raise _UnknownError("extraVars")
    for key, value in extra.entries if isinstance(extra, MapOf) else ():
        inside = value.get("value") if isinstance(value, MapOf) else value
        script = _word(inside, "extraVars", scope, context)
        yield Script(f"--extra-vars {key}={script.text}", script.env, script.secrets, script.used)
    more = text_of(step.arguments.get("extras"))
    if more is None and "extras" in step.arguments:
        raise _UnknownError("extras")
    if more and more.strip():
        yield Script(more.strip())


def s3_upload(step: Step, scope: Scope, context: Context, _: Translate) -> Translation:
    """`s3Upload bucket: 'b', file: 'app.zip', path: 'rel/'` → `aws s3 cp`."""
    try:
        script = merged_words(_s3(step, scope, context))
    except _UnknownError as unknown:
        return _refused(step, str(unknown), scope, context)
    return _command(step, script, "the AWS command line uploads it", scope, context)


def _s3(step: Step, scope: Scope, context: Context) -> Iterator[Script]:
    given = step.arguments
    known = {"bucket", "file", "path", "includePathPattern", "workingDir", "acl", "verbose"}
    for name in given:
        if name not in known:
            raise _UnknownError(name)
    yield Script("aws s3 cp")
    pattern = text_of(given.get("includePathPattern"))
    if ("file" in given) == ("includePathPattern" in given):
        raise _UnknownError("file")
    source = given.get("workingDir") if "includePathPattern" in given else given.get("file")
    yield Script(".") if source is None else _word(source, "file", scope, context)
    bucket = _word(given.get("bucket"), "bucket", scope, context)
    path = given.get("path")
    place = Script("''") if path is None else _word(path, "path", scope, context)
    slash = "" if path is not None and (text_of(path) or "").startswith("/") else "/"
    yield merged(
        f"s3://{bucket.text}{slash}{place.text if path is not None else ''}", (bucket, place)
    )
    if "includePathPattern" in given:
        yield Script(f"--recursive {_filters(pattern)}".rstrip())
    acl = text_of(given.get("acl"))
    if acl:
        yield Script(f"--acl {_kebab(acl)}")


def _filters(pattern: str | None) -> str:
    """Ant's pattern as filters of the AWS command line, of which the last that fits counts."""
    if pattern in ("**", "**/*"):
        return ""
    if pattern and "/" not in pattern and "," not in pattern and "'" not in pattern:
        return f"--exclude '*' --include '{pattern}' --exclude '*/*'"
    rest = (pattern or "").removeprefix("**/")
    if pattern and rest and "/" not in rest and "," not in rest and "'" not in rest:
        return f"--exclude '*' --include '{rest}' --include '*/{rest}'"
    raise _UnknownError("includePathPattern")


def _kebab(acl: str) -> str:
    """`PublicRead` → `public-read`."""
    return "".join(f"-{c.lower()}" if c.isupper() else c for c in acl).lstrip("-")


def zip_(step: Step, scope: Scope, context: Context, _: Translate) -> Translation:
    """`zip zipFile: 'a.zip', dir: 'build'` → `zip -r` from inside the folder."""
    given = step.arguments
    try:
        _only(given, {"zipFile", "dir", "archive", "overwrite", "glob", "defaultExcludes"})
        target = _word(given.get("zipFile"), "zipFile", scope, context)
        folder = given.get("dir")
        where = Script("") if folder is None else _word(folder, "dir", scope, context)
    except _UnknownError as unknown:
        return _refused(step, str(unknown), scope, context)
    lines = [f"rm -f {target.text}"] if flag_of(given.get("overwrite")) else []
    pack = "zip --recurse-paths --quiet"
    if where.text in ("", ".", "''"):
        lines.append(f"{pack} {target.text} . --exclude {target.text}")
    else:
        lines.append(f"archive=$(realpath -m {target.text})")
        lines.append(f'(cd {where.text} && {pack} "$archive" . --exclude "$archive")')
    script = merged("\n".join(lines), (target, where))
    result = _command(step, script, "the command `zip` packs the files", scope, context)
    name = text_of(given.get("zipFile"))
    if flag_of(given.get("archive")) and name:
        inputs: Inputs = {
            "name": "artifacts",
            "path": in_directory(name, scope),
            "retention-days": context.retention_days,
        }
        origin = Origin((step.span,), "artifacts-kept", Certainty.EQUIVALENT)
        result += Translation((uses("actions/upload-artifact", inputs, scope, origin),))
    return result


def _only(given: Mapping[str, Value], known: set[str]) -> None:
    """Raises for an argument that says more than the command can."""
    for name in given:
        if name not in known:
            raise _UnknownError(name)
    if text_of(given.get("glob")) not in (None, "", "**", "**/*"):
        raise _UnknownError("glob")


def unzip(step: Step, scope: Scope, context: Context, _: Translate) -> Translation:
    """`unzip zipFile: 'a.zip', dir: 'out'` → `unzip -o`."""
    given = step.arguments
    try:
        _only(given, {"zipFile", "dir", "quiet", "charset", "glob"})
        words = [Script("unzip -oq"), _word(given.get("zipFile"), "zipFile", scope, context)]
        if "dir" in given and text_of(given["dir"]) != "":
            words.append(_option("-d", _word(given["dir"], "dir", scope, context)))
    except _UnknownError as unknown:
        return _refused(step, str(unknown), scope, context)
    message = "the command `unzip` unpacks the files"
    return _command(step, merged_words(words), message, scope, context)


def deploy(step: Step, scope: Scope, context: Context, _: Translate) -> Translation:
    """`deploy adapters: [tomcat9(…)], war: 'target/*.war'` → uploads to Tomcat's manager."""
    adapters = step.arguments.get("adapters")
    war, path = text_of(step.arguments.get("war")), text_of(step.arguments.get("contextPath"))
    result = NOTHING
    for adapter in adapters.items if isinstance(adapters, ListOf) else (None,):
        fields = adapter.arguments if isinstance(adapter, Described) else {}
        symbol = adapter.symbol.lower() if isinstance(adapter, Described) else ""
        url, identity = text_of(fields.get("url")), text_of(fields.get("credentialsId"))
        if "tomcat" not in symbol or not url or not identity or not war or "'" in war:
            message = "the server, its login or the archive is computed, or it is no Tomcat"
            return manual(step, "deploy-unknown", message, scope, context)
        parts = {"username": "TOMCAT_USER", "password": "TOMCAT_PASSWORD"}
        binding = Binding("usernamePassword", identity, parts)  # type: ignore[arg-type]
        bound = bind(binding, scope, context, step.span)
        script = _upload(war, path, url.rstrip("/"))
        action = shell_step(
            Script(script, used=frozenset(parts.values())),
            step.span,
            "command-of-a-plugin",
            scope=bound.scope,
            context=context,
            certainty=Certainty.APPROXIMATE,
            here=True,
        )
        action = replace(action, name=f"Deploy to {url}")
        result += bound.before + Translation((action,))
    message = "curl uploads the archive to the manager of Tomcat, whose host a runner has to reach"
    return stated(step, ("command-of-a-plugin", message), scope, context) + result


def _upload(war: str, path: str | None, url: str) -> str:
    """The loop over the archives that Ant's pattern finds; the manager says `OK` or `FAIL`."""
    where = f"/{path.strip('/')}" if path and path.strip("/") else ""
    target = where or '/$(basename "$war" .war)'
    find = "./" + war.removeprefix("./").replace("**/", "*").replace("**", "*")
    return f"""\
wars=$(find . -path '{find}' -type f)
[ -n "$wars" ]
for war in $wars; do
  curl --silent --show-error --user "$TOMCAT_USER:$TOMCAT_PASSWORD" --upload-file "$war" \\
    "{url}/manager/text/deploy?path={target}&update=true" | tee /dev/stderr | grep -q '^OK'
done"""


def _command(
    step: Step, script: Script, message: str, scope: Scope, context: Context
) -> Translation:
    action = shell_step(
        script,
        step.span,
        "command-of-a-plugin",
        scope=scope,
        context=context,
        certainty=Certainty.APPROXIMATE,
        here=True,
        whole=True,
    )
    return stated(step, ("command-of-a-plugin", message), scope, context, steps=(action,))


def _refused(step: Step, name: str, scope: Scope, context: Context) -> Translation:
    message = f"`{name}` of `{step.name}` is computed by Groovy, or not translated"
    return manual(step, "argument-unknown", message, scope, context)


def merged_words(words: Sequence[Script] | Iterator[Script]) -> Script:
    """Words of a command, one behind the other."""
    known = list(words)
    return merged(" ".join(one.text for one in known), known)


def _option(name: str, script: Script) -> Script:
    return Script(f"{name} {script.text}", script.env, script.secrets, script.used)


def _word(value: Value | None, name: str, scope: Scope, context: Context) -> Script:
    expression = expression_of(value) if value is not None else None
    if expression is None or (isinstance(value, Known) and value.value is None):
        raise _UnknownError(name)
    script = word(expression, scope, context)
    if isinstance(script, Refusal):
        raise _UnknownError(name)
    return script
