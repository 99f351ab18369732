"""`mail` and `emailext`: a mail by the server that the repository's secrets name.

https://www.jenkins.io/doc/pipeline/steps/workflow-basic-steps/#mail-mail
https://plugins.jenkins.io/email-ext/
https://github.com/dawidd6/action-send-mail
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from jenkins2gha.actions import expressions as gha
from jenkins2gha.actions.workflow import Origin, Template, Text
from jenkins2gha.diagnostics import Certainty
from jenkins2gha.jenkins.pipeline import Step
from jenkins2gha.jenkins.values import EnvironmentRef, flag_of, text_of
from jenkins2gha.mapping.build_result import build_status
from jenkins2gha.mapping.lower import lower, read
from jenkins2gha.mapping.mail_tokens import DEFAULTS, TOKEN
from jenkins2gha.mapping.masks import joined
from jenkins2gha.mapping.rows import manual
from jenkins2gha.mapping.stated import NOTIFIES, stated
from jenkins2gha.mapping.translation import Context, Scope, Secret, Translate, Translation
from jenkins2gha.mapping.uses import Inputs, uses
from jenkins2gha.record import replace

ACTION = "dawidd6/action-send-mail"
_SERVER = "MAIL_CONNECTION_URL"
_NEVER_AGAIN = ("fixed", "aborted", "notBuilt")
"""Conditions of `post` whose status is the same whatever was before."""
_ALIASES = {
    "PROJECT_NAME": "JOB_NAME",
    "PROJECT_DISPLAY_NAME": "JOB_NAME",
    "PROJECT_URL": "JOB_URL",
    "GIT_REVISION": "GIT_COMMIT",
}


def mail(step: Step, scope: Scope, context: Context, _: Translate) -> Translation:
    """`mail to: 'a@b.c', subject: 'S', body: 'B'` → dawidd6/action-send-mail."""
    return _mail(step, scope, context, tokens=False)


def emailext(step: Step, scope: Scope, context: Context, _: Translate) -> Translation:
    """`emailext to: …, subject: '$DEFAULT_SUBJECT'`: with the plugin's tokens in the texts.

    Unlike `mail` it leaves the build alone where the mail cannot be sent.
    https://github.com/jenkinsci/email-ext-plugin/blob/main/src/main/java/hudson/plugins/emailext/EmailExtStep.java
    """
    return _mail(step, scope, context, tokens=True)


def _mail(step: Step, scope: Scope, context: Context, *, tokens: bool) -> Translation:
    texts: dict[str, Text] = {}
    defaults = {"subject": "$DEFAULT_SUBJECT", "body": "$DEFAULT_CONTENT"} if tokens else {}
    seen: dict[str, bool] = {}
    for name in ("subject", "body", "to", "cc", "bcc", "from", "replyTo", "attachmentsPattern"):
        value = step.arguments.get(name)
        text = defaults.get(name, "") if value is None else lower(value, scope, context)
        if text is None:
            message = f"`{name}` of `{step.name}` is computed by Groovy"
            return manual(step, "message-unknown", message, scope, context, row=NOTIFIES)
        texts[name] = text
        if tokens:
            texts[name] = _expanded(text, scope, context, seen)
    is_html = "html" in (text_of(step.arguments.get("mimeType")) or "").lower()
    inputs: Inputs = {
        "connection_url": gha.Context(f"secrets.{_SERVER}"),
        "from": texts["from"] or gha.Context("vars.MAIL_FROM"),
        "to": _to(texts),
        "cc": texts["cc"] or None,
        "bcc": texts["bcc"] or None,
        "reply_to": texts["replyTo"] or None,
        "subject": texts["subject"],
        "html_body" if is_html else "body": texts["body"],
        "attachments": texts["attachmentsPattern"] or None,
    }
    origin = Origin((step.span,), "mail-sent", Certainty.APPROXIMATE)
    secret = Secret(_SERVER, None, "service", "smtp://USER:PASSWORD@SERVER:PORT")
    again = scope.post not in _NEVER_AGAIN and bool(scope.post or context.results)
    message = "; ".join(_differences(step, texts, seen, again=again))
    said = ("mail-sent", message)
    action = replace(
        uses(ACTION, inputs, scope, origin),
        name="Send a mail",
        continue_on_error=True if tokens else None,
    )
    return stated(step, said, scope, context, steps=(action,), secrets=(secret,))


def _to(texts: dict[str, Text]) -> Text | None:
    if texts["to"]:
        return texts["to"]
    return None if texts["cc"] or texts["bcc"] else gha.Context("vars.MAIL_TO")


def _differences(
    step: Step, texts: Mapping[str, Text], seen: Mapping[str, bool], *, again: bool
) -> Iterator[str]:
    yield f"the mail goes by the server in the secret {_SERVER}"
    if not texts["from"]:
        yield "its sender is the variable MAIL_FROM"
    if not (texts["to"] or texts["cc"] or texts["bcc"]):
        yield "its receivers are in the variable MAIL_TO"
    if "recipientProviders" in step.arguments:
        yield "GitHub does not tell the addresses of those who changed or started something"
    if flag_of(step.arguments.get("attachLog")):
        yield "a run cannot attach its own log"
    if "$DEFAULT_REPLYTO" in seen or "${DEFAULT_REPLYTO}" in seen:
        yield "its reply address stands in the settings of Jenkins, and is taken as empty"
    if again and any("BUILD_STATUS" in token for token in seen):
        yield 'the status is told without what was before ("Still Failing", "Fixed")'
    unknown = [token for token, known in seen.items() if not known]
    if unknown:
        yield f"{', '.join(unknown)} stays as it is written"


def _expanded(text: Text, scope: Scope, context: Context, seen: dict[str, bool]) -> Text:
    """The text with what stands for the plugin's tokens; `seen` gets them, with whether one is
    known."""
    parts = text.parts if isinstance(text, Template) else (text,)
    pieces: list[Text] = []
    for part in parts:
        pieces += [part] if not isinstance(part, str) else _pieces(part, scope, context, seen)
    return joined(pieces, "")


def _pieces(text: str, scope: Scope, context: Context, seen: dict[str, bool]) -> Iterator[Text]:
    last = 0
    for match in TOKEN.finditer(text):
        yield text[last : match.start()]
        last = match.end()
        found = _token(match, scope, context, seen)
        seen[match[0]] = found is not None
        yield match[0] if found is None else found
    yield text[last:]


def _token(
    match: re.Match[str], scope: Scope, context: Context, seen: dict[str, bool]
) -> Text | None:
    name = match[1] or match[2]
    if name in DEFAULTS:
        return _expanded(DEFAULTS[name], scope, context, seen)
    if name == "BUILD_STATUS":
        status = build_status(context.results, scope.post)
        return str(status.value) if isinstance(status, gha.Literal) else status
    if name == "CAUSE":
        return gha.Context("github.event_name")
    if "," in match[0]:
        return None
    reading = read(EnvironmentRef(_ALIASES.get(name, name)), scope, context)
    known = reading.remark is None or reading.remark[0] != "environment-unset"
    return reading.text if known else None
