"""`sshagent(['key']) { }`: an agent that holds keys while the block runs.

https://plugins.jenkins.io/ssh-agent/
"""

from __future__ import annotations

from jenkins2gha.actions import expressions as gha
from jenkins2gha.actions.workflow import Step as ActionStep
from jenkins2gha.actions.workflow import Template, Text
from jenkins2gha.diagnostics import Certainty
from jenkins2gha.jenkins.pipeline import Step
from jenkins2gha.jenkins.values import ListOf, text_of
from jenkins2gha.mapping.credentials import secret_name
from jenkins2gha.mapping.interpolation import Script
from jenkins2gha.mapping.placing import shell_step
from jenkins2gha.mapping.rows import construct, manual
from jenkins2gha.mapping.translation import (
    Context,
    Scope,
    Secret,
    Translate,
    Translation,
    binned,
)
from jenkins2gha.mapping.variables import with_text
from jenkins2gha.record import replace
from jenkins2gha.rules import diagnose

_SOCKET = "ssh-agent.sock"
_VARIABLE = "SSH_AUTH_SOCK"
_END = """\
if [ -f "$SSH_AUTH_SOCK.sh" ]; then
  . "$SSH_AUTH_SOCK.sh"
  ssh-agent -k
  rm -f "$SSH_AUTH_SOCK.sh"
fi"""
"""What `ssh-agent` prints when it starts sets the number of its process."""


def sshagent(step: Step, scope: Scope, context: Context, translate: Translate) -> Translation:
    """`sshagent(['deploy-key']) { sh 'ssh …' }` → an agent, the script, the end of the agent.

    Only the shell steps inside know the socket, and the agent ends with the block, as in Jenkins;
    an action would keep the keys loaded for the rest of the job.
    """
    ids = _ids(step)
    if ids is None or context.runner.os == "windows":
        message = "the keys of `sshagent` are only known to a run"
        if ids is not None:
            message = "`sshagent` needs a shell of Unix; this job runs on Windows"
        own = manual(step, "ssh-agent-unknown", message, scope, context)
        return own + translate(step.body or (), scope)
    names = [secret_name(one, "value", context) for one in ids]
    shown = " and ".join(names)
    message = f"the key in {shown} must have no passphrase"
    said = diagnose("ssh-agent", step.span, message, construct=construct(step))
    secrets = tuple(
        Secret(name, one, "sshUserPrivateKey", "SSH key")
        for name, one in zip(names, ids, strict=True)
    )
    own = Translation(
        (_started(step, names, scope, context),),
        (said,),
        binned(step.span, said.certainty or Certainty.APPROXIMATE),
        secrets=secrets,
    )
    inner = translate(step.body or (), with_text(scope, _VARIABLE, _socket(context)))
    return own + inner + Translation((_ended(step, scope, context),))


def _ids(step: Step) -> list[str] | None:
    given = step.arguments.get("credentials")
    items = given.items if isinstance(given, ListOf) else (given,)
    ids = [text_of(item) for item in items]
    return [one for one in ids if one] if ids and all(ids) else None


def _socket(context: Context) -> Text:
    if context.container:
        return f"/tmp/{_SOCKET}"  # noqa: S108
    return Template((gha.Context("runner.temp"), f"/{_SOCKET}"))


def _started(step: Step, names: list[str], scope: Scope, context: Context) -> ActionStep:
    lines = [f'ssh-agent -a "${_VARIABLE}" > "${_VARIABLE}.sh"']
    secrets: dict[str, Text] = {}
    for number, name in enumerate(names, start=1):
        variable = "SSH_KEY" if len(names) == 1 else f"SSH_KEY_{number}"
        lines.append(f"printf '%s\\n' \"${variable}\" | ssh-add -")
        secrets[variable] = gha.Context(f"secrets.{name}")
    script = Script("\n".join(lines), {_VARIABLE: _socket(context)}, secrets)
    return _step(script, "Start the SSH agent", "ssh-agent", step, scope, context)


def _ended(step: Step, scope: Scope, context: Context) -> ActionStep:
    last = Scope(stage=scope.stage, condition=gha.Function("always"), post=scope.post)
    script = Script(_END, {_VARIABLE: _socket(context)})
    return _step(script, "End the SSH agent", "ssh-agent-ended", step, last, context)


def _step(
    script: Script, name: str, rule: str, step: Step, scope: Scope, context: Context
) -> ActionStep:
    outside = scope.changed(env={}, secrets={}, exports=(), timeout=None)
    action = shell_step(
        script,
        step.span,
        rule,
        scope=outside,
        context=context,
        certainty=Certainty.EQUIVALENT,
    )
    return replace(action, name=name)
