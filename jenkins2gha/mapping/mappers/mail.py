"""`mail` and `emailext`: a mail by the server that the repository's secrets name.

https://www.jenkins.io/doc/pipeline/steps/workflow-basic-steps/#mail-mail
https://plugins.jenkins.io/email-ext/
https://github.com/dawidd6/action-send-mail
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from jenkins2gha.actions import expressions as gha
from jenkins2gha.actions.workflow import Origin, Template, Text
from jenkins2gha.diagnostics import Certainty
from jenkins2gha.jenkins.pipeline import Step
from jenkins2gha.jenkins.values import BuildFact, EnvironmentRef, flag_of, text_of
from jenkins2gha.mapping.lower import lower, read
from jenkins2gha.mapping.masks import joined
from jenkins2gha.mapping.rows import manual
from jenkins2gha.mapping.stated import NOTIFIES, stated
from jenkins2gha.mapping.translation import Context, Scope, Secret, Translate, Translation
from jenkins2gha.mapping.uses import Inputs, uses
from jenkins2gha.record import replace
from jenkins2gha.regex import regex

ACTION = "dawidd6/action-send-mail"
_SERVER = "MAIL_CONNECTION_URL"
_TOKEN = regex(r"\$\{([A-Z][A-Z0-9_]*)(?:,[^}]*)?\}|\$([A-Z][A-Z0-9_]*)")
_DEFAULTS = {
    "DEFAULT_SUBJECT": "$PROJECT_NAME - Build # $BUILD_NUMBER - $BUILD_STATUS!",
    "DEFAULT_CONTENT": (
        "$PROJECT_NAME - Build # $BUILD_NUMBER - $BUILD_STATUS:\n\n"
        "Check console output at $BUILD_URL to view the results."
    ),
    "DEFAULT_RECIPIENTS": "",
    "DEFAULT_REPLYTO": "",
}
"""What these tokens are in a Jenkins whose administrator left them alone."""
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
    unknown: list[str] = []
    for name in ("subject", "body", "to", "cc", "bcc", "from", "replyTo", "attachmentsPattern"):
        value = step.arguments.get(name)
        text = defaults.get(name, "") if value is None else lower(value, scope, context)
        if text is None:
            message = f"`{name}` of `{step.name}` is computed by Groovy"
            return manual(step, "message-unknown", message, scope, context, row=NOTIFIES)
        texts[name] = text
        if tokens:
            texts[name] = _expanded(text, scope, context, unknown)
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
    message = "; ".join(_differences(step, texts, unknown))
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


def _differences(step: Step, texts: dict[str, Text], unknown: list[str]) -> Iterator[str]:
    yield f"the mail goes by the server in the secret {_SERVER}"
    if not texts["from"]:
        yield "its sender is the variable MAIL_FROM"
    if not (texts["to"] or texts["cc"] or texts["bcc"]):
        yield "its receivers are in the variable MAIL_TO"
    if "recipientProviders" in step.arguments:
        yield "GitHub does not tell the addresses of those who changed or started something"
    if flag_of(step.arguments.get("attachLog")):
        yield "a run cannot attach its own log"
    if unknown:
        yield f"{', '.join(dict.fromkeys(unknown))} stays as it is written"


def _expanded(text: Text, scope: Scope, context: Context, unknown: list[str]) -> Text:
    """The text with what stands for the plugin's tokens; `unknown` gets the others."""
    parts = text.parts if isinstance(text, Template) else (text,)
    pieces: list[Text] = []
    for part in parts:
        pieces += [part] if not isinstance(part, str) else _pieces(part, scope, context, unknown)
    return joined(pieces, "")


def _pieces(text: str, scope: Scope, context: Context, unknown: list[str]) -> Iterator[Text]:
    last = 0
    for match in _TOKEN.finditer(text):
        yield text[last : match.start()]
        last = match.end()
        found = _token(match, scope, context, unknown)
        if found is None:
            unknown.append(match[0])
        yield match[0] if found is None else found
    yield text[last:]


def _token(match: re.Match[str], scope: Scope, context: Context, unknown: list[str]) -> Text | None:
    name = match[1] or match[2]
    if name in _DEFAULTS:
        return _expanded(_DEFAULTS[name], scope, context, unknown)
    if name == "BUILD_STATUS":
        result = lower(BuildFact("currentResult"), scope, context)
        return str(result.value) if isinstance(result, gha.Literal) else result
    if name == "CAUSE":
        return gha.Context("github.event_name")
    if "," in match[0]:
        return None
    reading = read(EnvironmentRef(_ALIASES.get(name, name)), scope, context)
    known = reading.remark is None or reading.remark[0] != "environment-unset"
    return reading.text if known else None
