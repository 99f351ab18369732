"""`waitForQualityGate`: asks SonarQube for the outcome of the analysis that ran before.

https://docs.sonarsource.com/sonarqube-server/latest/analyzing-source-code/ci-integration/jenkins-integration/
"""

from __future__ import annotations

from jenkins2gha.actions import expressions as gha
from jenkins2gha.diagnostics import Certainty
from jenkins2gha.jenkins.pipeline import Step
from jenkins2gha.jenkins.values import flag_of, text_of
from jenkins2gha.mapping.credentials import secret_name
from jenkins2gha.mapping.interpolation import Script
from jenkins2gha.mapping.placing import shell_step
from jenkins2gha.mapping.rows import manual
from jenkins2gha.mapping.stated import stated
from jenkins2gha.mapping.translation import Context, Scope, Secret, Translate, Translation
from jenkins2gha.record import replace

_ASK = """\
report=$(find . -name report-task.txt -print -quit)
task=$(sed -n 's/^ceTaskUrl=//p' "$report")
while true; do
  answer=$(curl --fail --silent --show-error --user "$SONAR_TOKEN:" "$task")
  case $(printf '%s' "$answer" | jq -r .task.status) in
    SUCCESS) break ;;
    PENDING | IN_PROGRESS) sleep 5 ;;
    *) echo "the analysis failed"; exit 1 ;;
  esac
done
analysis=$(printf '%s' "$answer" | jq -r .task.analysisId)
gate=$(curl --fail --silent --show-error --user "$SONAR_TOKEN:" \\
  "$SONAR_HOST_URL/api/qualitygates/project_status?analysisId=$analysis" |
  jq -r .projectStatus.status)
echo "quality gate: $gate\""""


def quality_gate(step: Step, scope: Scope, context: Context, _: Translate) -> Translation:
    """`waitForQualityGate abortPipeline: true` → a script that waits, and fails unless `OK`.

    The scanner leaves the address of its task in `report-task.txt`; Jenkins is told by a web hook.
    """
    strict = flag_of(step.arguments.get("abortPipeline"))
    identity = text_of(step.arguments.get("credentialsId"))
    if step.captured or strict is None or (identity is None and "credentialsId" in step.arguments):
        message = "what `waitForQualityGate` gives back is left to Groovy"
        return manual(step, "quality-gate-unknown", message, scope, context)
    if not context.analysed:
        message = "the analysis runs in another job, whose `report-task.txt` this job does not get"
        return manual(step, "quality-gate-unknown", message, scope, context)
    name = secret_name(identity, "value", context) if identity else "SONAR_TOKEN"
    script = Script(
        _ASK + ('\n[ "$gate" = OK ]' if strict else ""),
        {"SONAR_HOST_URL": gha.Context("vars.SONAR_HOST_URL")},
        {"SONAR_TOKEN": gha.Context(f"secrets.{name}")},
    )
    action = shell_step(
        script,
        step.span,
        "quality-gate",
        scope=scope,
        context=context,
        certainty=Certainty.APPROXIMATE,
    )
    secret = Secret(name, identity or None, "service", "token of SonarQube")
    action = replace(action, name="Wait for the quality gate")
    message = f"the outcome is asked for with the token in the secret {name}"
    return stated(
        step, ("quality-gate", message), scope, context, steps=(action,), secrets=(secret,)
    )
