"""Logins that a script uses and that nothing in the pipeline makes: its agent has them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jenkins2gha.mapping.machine_scripts import MachineScript, uncommented
from jenkins2gha.regex import regex

_AT = r"(?:^|(?<=[\n;&|(`'\"])|(?<=\bsudo\s))[ \t]*"
_TERRAFORM = r"terraform\s+(?:-chdir=\S+\s+)?(?:(?:{})\b|\$)"
_FLAGS = re.IGNORECASE | re.MULTILINE
# What needs a login, what a pipeline says that has one, and what the login is.
_LOGINS = tuple(
    (regex(_AT + use, re.MULTILINE), regex(made, _FLAGS), words)
    for use, made, words in (
        (
            r"aws\s+(?:--[\w-]+[ =]\S+\s+)*(?!configure\b|help\b|-)[\w-]+\s+[\w-]+",
            (
                r"aws_?(?:access|secret|session|profile|cred|role)|withAWS|AmazonWebServices|\baws\s*\("
                r"|aws\s+configure|assume-role"
            ),
            "the AWS login for `{}`",
        ),
        (
            (
                r"(?:gcloud\s+(?!auth\b|config\b|version\b|components\b|info\b|-)[\w-]+\s+[\w-]+"
                r"|gsutil\s+(?:-\w+\s+)*\w+)"
            ),
            r"gcloud\s+auth|GOOGLE_APPLICATION|gcp|service.?account|googleService",
            "the Google Cloud login for `{}`",
        ),
        (
            r"az\s+(?!login\b|version\b|extension\b|-)[\w-]+\s+[\w-]+",
            r"az\s+login|azure|ARM_CLIENT",
            "the Azure login for `{}`",
        ),
        (
            (
                r"(?:kubectl\s+(?:--?[a-z][\w-]*(?:[= ][^\s-]\S*)?\s+)*"
                r"(?!version\b|config\b|kustomize\b|completion\b|-)[\w-]+"
                r"|helm\s+(?:install|upgrade|uninstall|rollback|delete)\b)"
            ),
            (
                r"kube_?config|(?:>|\btee\s|\b(?:cp|mv)\s+(?:-\S+\s+)*\S+\s)[ \t]*[^\s>]*\.kube/"
                r"|withKube|kubernetesDeploy|kubectl\s+config|get-credentials|minikube|kind\s+create"
                r"|k3d|openshift|oc\s+login|doctl|serverUrl|--token|--server|serviceAccount"
            ),
            "the cluster's login for `{}`",
        ),
        (
            r"kind\s+(?:load|export|get\s+kubeconfig)\b",
            r"\bkind\s+create\b|\bk3d\b|\.sh\b",
            "the cluster of `{}`",
        ),
        (
            r"minikube\s+(?!start\b|version\b|delete\b|config\b|update|status\b|-)[\w-]+",
            r"\bminikube\s+(?:-\S+\s+)*start\b|\.sh\b",
            "the cluster of `{}`",
        ),
        (
            _TERRAFORM.format(r"plan|apply|destroy|import|refresh"),
            (
                r"withCredentials|\bcredentials\s*\(|AWS_|ARM_|GOOGLE|TF_(?:TOKEN|CLI_CONFIG|VAR_)"
                r"|withAWS|AmazonWebServices|withVault|azure|aws\s+configure|assume-role|az\s+login"
                r"|gcloud\s+auth|\s-var(?:-file)?\b|-backend-config|\.aws/|role/"
            ),
            "the cloud login for `{}`",
        ),
        (
            _TERRAFORM.format(r"apply|destroy|import|refresh"),
            r"backend|TF_(?:TOKEN|CLOUD|HTTP)|tfstate|terraform\s+state|terraform\.io|\s-state\b",
            "the state of `{}` (unless a backend keeps it)",
        ),
        (
            r"docker(?:-compose|\s+compose)?\s+(?:-\S+\s+\S+\s+)*(?:image\s+)?push(?=\s|$)",
            (
                r"docker\s+login|with(?:Docker)?Registry|registryCredentialsId|get-login|configure-docker"
                r"|config\.json|acr\s+login|localhost:\d+"
            ),
            "the registry's login for `{} push`",
        ),
        (
            r"git\s+(?:-\S+\s+\S+\s+)*commit(?=\s|$)",
            r"user\.(?:name|email)|GIT_(?:COMMITTER|AUTHOR)_|committer|\bgitUser",
            "git's user.name and user.email for `{} commit`",
        ),
        (
            r"\S*mvnw?(?:\.cmd)?\s(?:[^\n;&|]*\s)?(?:deploy|deploy:deploy)(?=\s|$)",
            (
                r"settings|configFile|withCredentials|sshagent|\s-D(?:altDeploymentRepository|username)"
                r"|maven\.deploy\.skip|distributionManagement|credentials\("
            ),
            "the login of its Maven settings for `deploy`",
        ),
        (
            r"(?:ssh|scp|sftp)\s(?:[^\n;|&]*?\s)?[\w.-]+@[\w.-]+",
            r"sshagent|sshUserPrivateKey|sshpass|\b(?:ssh|scp|sftp)\s[^\n;|&]*-i\s",
            "its ssh key for `{1}`",
        ),
        (
            r"(?:ssh|scp|sftp)\s(?:[^\n;|&]*?\s)?[\w.-]+@[\w.-]+",
            r"StrictHostKeyChecking[ =]\W*(?:no|off|accept-new)|ssh-keyscan|known_hosts",
            "the key of the host in its known_hosts for `{1}`",
        ),
    )
)
# A login in a file that the agent has is none that the pipeline makes.
_OWN_FILE = regex(
    r"\bkube_?config[\"']?\s*[=: ,]\s*[\"']*(?:~|\$\{?HOME|/(?!tmp/))[^\s\"',;]*", re.IGNORECASE
)


def agent_logins(script: MachineScript) -> Iterator[str]:
    """The logins of an agent that a script uses, in words."""
    used = [(use.search(script.text), made, words) for use, made, words in _LOGINS]
    if not any(found for found, _, _ in used):
        return
    whole = _OWN_FILE.sub("", uncommented(script.step.span.source.text))
    for found, made, words in used:
        if found and not made.search(whole):
            yield words.format(found[0].split()[0], found[0].strip())
