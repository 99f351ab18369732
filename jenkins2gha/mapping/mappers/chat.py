"""Messages to chats: `slackSend` by Slack's action, others by the web hook of their service.

None of these steps fails the build in Jenkins, unless `failOnError` asks for it.

https://plugins.jenkins.io/slack/
https://github.com/slackapi/slack-github-action
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from jenkins2gha.actions import expressions as gha
from jenkins2gha.actions.workflow import Origin, Text
from jenkins2gha.diagnostics import Certainty
from jenkins2gha.jenkins.pipeline import Step
from jenkins2gha.jenkins.values import flag_of, text_of
from jenkins2gha.mapping.credentials import secret_name
from jenkins2gha.mapping.decisions.values import as_expression
from jenkins2gha.mapping.interpolation import Refusal, Script, word
from jenkins2gha.mapping.lower import expression_of, lower
from jenkins2gha.mapping.masks import joined, mask
from jenkins2gha.mapping.placing import shell_step
from jenkins2gha.mapping.rows import manual, merged
from jenkins2gha.mapping.stated import NOTIFIES, argument, stated
from jenkins2gha.mapping.translation import Context, Scope, Secret, Translate, Translation
from jenkins2gha.mapping.uses import Inputs, uses
from jenkins2gha.record import dataclass, replace

_SLACK = "slackapi/slack-github-action"
_SLACK_TOKEN = "SLACK_BOT_TOKEN"  # noqa: S105
_REFUSED = ("attachments", "blocks")


def slack_send(step: Step, scope: Scope, context: Context, _: Translate) -> Translation:
    """`slackSend channel: '#ci', color: 'good', message: 'Done'` → chat.postMessage of Slack."""
    refused = next((name for name in _REFUSED if name in step.arguments), None)
    texts = {name: argument(step, name, scope, context) for name in ("channel", "color", "message")}
    unknown = next((name for name, text in texts.items() if text is None), None)
    if refused or unknown:
        message = f"`{refused or unknown}` of `slackSend` is computed by Groovy"
        return manual(step, "message-unknown", message, scope, context, row=NOTIFIES)
    identity = text_of(step.arguments.get("tokenCredentialId"))
    name = secret_name(identity, "value", context) if identity else _SLACK_TOKEN
    given = texts["channel"] or gha.Context("vars.SLACK_CHANNEL")
    channels: list[Text] = [given]
    if isinstance(given, str):
        channels = [one for one in re.split(r"[,;\s]+", given) if one]
    fails = bool(flag_of(step.arguments.get("failOnError")))
    origin = Origin((step.span,), "chat-sent", Certainty.APPROXIMATE)
    steps = []
    for channel in channels:
        inputs: Inputs = {
            "method": "chat.postMessage",
            "token": gha.Context(f"secrets.{name}"),
            "payload": _payload(channel, texts["color"] or "", texts["message"] or ""),
            "errors": True if fails else None,
        }
        action = uses(_SLACK, inputs, scope, origin)
        tolerated = None if fails else True
        steps.append(replace(action, name="Send a message to Slack", continue_on_error=tolerated))
    secret = Secret(name, identity or None, "service", "token of a Slack bot")
    message = f"the message is sent by the Slack bot whose token is the secret {name}"
    if not texts["channel"]:
        message += "; its channel is the variable SLACK_CHANNEL"
    return stated(
        step, ("chat-sent", message), scope, context, steps=tuple(steps), secrets=(secret,)
    )


def _payload(channel: Text, color: Text, message: Text) -> Text:
    """The message as YAML, each value in JSON, so that no text can end it early."""
    lines: list[Text] = [joined(("channel: ", _json(channel)), "")]
    if color:
        lines += ["attachments:", joined(("  - color: ", _json(color)), "")]
        lines.append(joined(("    text: ", _json(message)), ""))
    else:
        lines.append(joined(("text: ", _json(message)), ""))
    if "@" in mask(message).text:
        lines.append("link_names: true")
    return joined(lines, "\n")


def _json(text: Text) -> Text:
    if isinstance(text, str):
        return json.dumps(text, ensure_ascii=False)
    return gha.Function("toJSON", (as_expression(text),))


@dataclass(frozen=True, slots=True)
class _Hook:
    """A web hook: the argument with its address, the secret that holds it otherwise, the body as
    jq writes it, and the arguments that the body reads."""

    address: str
    secret: str
    body: str
    fields: tuple[str, ...]
    needed: str
    place: str


_HOOKS: Mapping[str, _Hook] = {
    "office365ConnectorSend": _Hook(
        "webhookUrl",
        "TEAMS_WEBHOOK_URL",
        '{text: $message, themeColor: $color} | del(..|select(. == ""))',
        ("message", "color"),
        "message",
        "Microsoft Teams",
    ),
    "mattermostSend": _Hook(
        "endpoint",
        "MATTERMOST_WEBHOOK_URL",
        '{text: $message, channel: $channel} | del(..|select(. == ""))',
        ("message", "channel"),
        "message",
        "Mattermost",
    ),
    "rocketSend": _Hook(
        "serverUrl",
        "ROCKETCHAT_WEBHOOK_URL",
        '{text: $message, channel: $channel} | del(..|select(. == ""))',
        ("message", "channel"),
        "message",
        "Rocket.Chat",
    ),
    "googlechatnotification": _Hook(
        "", "GOOGLE_CHAT_WEBHOOK_URL", "{text: $message}", ("message",), "message", "Google Chat"
    ),
    "discordSend": _Hook(
        "webhookURL",
        "DISCORD_WEBHOOK_URL",
        "{embeds: [{title: $title, description: $description, url: $link}"
        ' | del(..|select(. == ""))]}',
        ("title", "description", "link"),
        "description",
        "Discord",
    ),
}


def hook_send(step: Step, scope: Scope, context: Context, _: Translate) -> Translation:
    """`mattermostSend message: 'Done'` → jq writes the message, curl posts it to a web hook."""
    hook = _HOOKS[step.name]
    scripts: dict[str, Script] = {}
    for name in (*hook.fields, hook.address):
        script = _word(step, name, scope, context)
        if script is None or (name == hook.needed and name not in step.arguments):
            message = f"`{name}` of `{step.name}` is computed by Groovy, or not given"
            return manual(step, "message-unknown", message, scope, context, row=NOTIFIES)
        scripts[name] = script
    secrets: tuple[Secret, ...] = ()
    address = scripts.pop(hook.address)
    if hook.address not in step.arguments or hook.address == "serverUrl":
        address = Script('"$WEBHOOK"', secrets={"WEBHOOK": gha.Context(f"secrets.{hook.secret}")})
        secrets = (Secret(hook.secret, None, "service", "address of the web hook"),)
    given = " ".join(f"--arg {name} {script.text}" for name, script in scripts.items())
    body = f"jq -n {given} '{hook.body}'"
    fails = bool(flag_of(step.arguments.get("failOnError")))
    curl = f"curl {'--fail ' if fails else ''}--silent --show-error"
    text = f"{body} |\n  {curl} --json @- {address.text}"
    action = shell_step(
        merged(text, [*scripts.values(), address]),
        step.span,
        "chat-sent",
        scope=scope,
        context=context,
        certainty=Certainty.APPROXIMATE,
    )
    action = replace(
        action,
        name=f"Send a message to {hook.place}",
        continue_on_error=None if fails else True,
    )
    message = f"`{step.name}`: the message is posted to a web hook, without the build's own facts"
    return stated(step, ("chat-sent", message), scope, context, steps=(action,), secrets=secrets)


def _word(step: Step, name: str, scope: Scope, context: Context) -> Script | None:
    value = step.arguments.get(name)
    if value is None:
        return Script("''")
    expression = expression_of(value)
    script = word(expression, scope, context) if expression is not None else None
    if isinstance(script, Refusal) or lower(value, scope, context) is None:
        return None
    return script
