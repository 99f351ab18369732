"""Proves a conversion: the pipeline run as on Jenkins, its workflow as on GitHub, by simulators."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from jenkins2gha import secrets
from jenkins2gha.compiler import convert
from jenkins2gha.configuration import Configuration, Files, no_files
from jenkins2gha.conversion import Conversion, SecretSummary
from jenkins2gha.diagnostics import Diagnostic
from jenkins2gha.jenkins.config.xml import is_xml
from jenkins2gha.record import dataclass
from jenkins2gha.report.tasks import variables_in
from jenkins2gha.simulate.actions import WorkflowError
from jenkins2gha.simulate.jenkins import Unsupported, simulate
from jenkins2gha.simulate.proof import Claim, Outcome, prove
from jenkins2gha.simulate.situation import CredentialKind
from jenkins2gha.source import Source

Status = Literal["equal", "differs", "unsupported", "failed"]
_NO_CONFIGURATION = Configuration()
_KINDS: Mapping[str, CredentialKind] = {
    "string": "text",
    "usernamePassword": "login",
    "file": "file",
    "sshUserPrivateKey": "key",
}
_PARTS = {"user name": ".username", "password": ".password", "passphrase": ".passphrase"}
_PARTS |= {
    "access key id": ".accessKey",
    "secret access key": ".secretKey",
    "subscription id": ".subscriptionId",
    "client id": ".clientId",
    "client secret": ".clientSecret",
    "tenant id": ".tenantId",
}


@dataclass(frozen=True, slots=True)
class Verification:
    """What a proof found: `reason` says why there was none, `outcomes` are the scenarios.

    `unsupported` is a pipeline that the simulator of Jenkins cannot run, `failed` a source that
    gives no workflow, or a workflow that GitHub would not start.
    """

    source: str
    status: Status
    outcomes: tuple[Outcome, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    reason: str = ""


def verify(
    text: str,
    *,
    source: str = "-",
    name: str | None = None,
    workflow: str | None = None,
    files: Files = no_files,
    configuration: Configuration = _NO_CONFIGURATION,
) -> Verification:
    """Runs a pipeline and its workflow in every scenario worth running, and compares the runs.

    `workflow` is a workflow to hold against the pipeline instead of the one that it converts to;
    then nothing excuses a difference.

    >>> verify("pipeline { agent any; stages { stage('A') { steps { sh 'make' } } } }").status
    'equal'
    """
    if is_xml(text):
        reason = "the XML of a job cannot be simulated; verify its script"
        return Verification(source, "unsupported", reason=reason)
    conversion = convert(text, source=source, name=name, files=files, configuration=configuration)
    if conversion.workflow is None:
        said = conversion.diagnostics
        return Verification(source, "failed", diagnostics=said, reason="there is no workflow")
    multibranch = configuration.job_kind == "multibranch"
    return verify_conversion(text, conversion, workflow, multibranch=multibranch)


def verify_conversion(
    text: str, conversion: Conversion, workflow: str | None = None, *, multibranch: bool = True
) -> Verification:
    """The same for a conversion that was made before, or for another workflow in its place."""
    claim = claim_of(text, conversion, workflow, multibranch=multibranch)
    name = conversion.source
    try:
        outcomes = tuple(prove(claim, simulate))
    except Unsupported as error:
        return Verification(name, "unsupported", reason=f"{error.span or name}: {error.reason}")
    except WorkflowError as error:
        return Verification(name, "failed", reason=f"the workflow is refused: {error}")
    differs = any(one.differences for one in outcomes)
    return Verification(name, "differs" if differs else "equal", outcomes)


def claim_of(
    text: str, conversion: Conversion, workflow: str | None = None, *, multibranch: bool = True
) -> Claim:
    """What is to be proven of a conversion; secrets in the source are marks in it."""
    whole = Source(conversion.source, text)
    findings = secrets.find(whole)
    safe = secrets.redact(whole, findings)
    own = workflow is None or workflow == conversion.workflow
    return Claim(
        text=safe.text,
        workflow=workflow or conversion.workflow or "",
        diagnostics=conversion.diagnostics if own else (),
        source_map=conversion.source_map if own else {},
        multibranch=multibranch,
        variables=variables_in(conversion.tasks),
        secrets=_secrets(conversion.secrets, findings, safe),
        credentials={
            one.jenkins_id: _KINDS[one.kind]
            for one in conversion.secrets
            if one.jenkins_id is not None and one.kind in _KINDS
        },
    )


def _secrets(
    known: Sequence[SecretSummary], findings: Sequence[secrets.Finding], safe: Source
) -> Mapping[str, str]:
    """The value of each secret as the simulator of Jenkins has it."""
    found = {
        one.name: f"secret:{one.jenkins_id}{_PARTS.get(one.what, '')}"
        for one in known
        if one.jenkins_id is not None
    }
    marks = {one.secret_name: safe.text[one.start : one.end] for one in findings}
    return {**{one.name: f"secret:{one.name}" for one in known}, **found, **marks}
