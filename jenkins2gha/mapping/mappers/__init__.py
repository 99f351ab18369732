"""The mappers: what a table row cannot say. A row names its mapper by the key below."""

from __future__ import annotations

from collections.abc import Mapping

from jenkins2gha.mapping.mappers import docker
from jenkins2gha.mapping.mappers.archive_artifacts import archive, archive_artifacts
from jenkins2gha.mapping.mappers.build import build
from jenkins2gha.mapping.mappers.catch_error import catch_error, warn_error
from jenkins2gha.mapping.mappers.chat import hook_send, slack_send
from jenkins2gha.mapping.mappers.checkout import checkout
from jenkins2gha.mapping.mappers.container import container
from jenkins2gha.mapping.mappers.delete_dir import clean_ws, delete_dir
from jenkins2gha.mapping.mappers.deployments import (
    ansible_playbook,
    deploy,
    s3_upload,
    unzip,
    zip_,
)
from jenkins2gha.mapping.mappers.dir import dir_
from jenkins2gha.mapping.mappers.echo import echo
from jenkins2gha.mapping.mappers.error import error
from jenkins2gha.mapping.mappers.git import git
from jenkins2gha.mapping.mappers.junit import junit
from jenkins2gha.mapping.mappers.lock import lock
from jenkins2gha.mapping.mappers.mail import emailext, mail
from jenkins2gha.mapping.mappers.publish_html import publish_html
from jenkins2gha.mapping.mappers.quality_gate import quality_gate
from jenkins2gha.mapping.mappers.read_file import read_file
from jenkins2gha.mapping.mappers.reports import report
from jenkins2gha.mapping.mappers.retry import retry
from jenkins2gha.mapping.mappers.script import script, stage
from jenkins2gha.mapping.mappers.service_blocks import (
    config_files,
    with_aws,
    with_kubernetes,
    with_sonar,
)
from jenkins2gha.mapping.mappers.shell import bat, powershell, sh
from jenkins2gha.mapping.mappers.sleep import sleep
from jenkins2gha.mapping.mappers.sshagent import sshagent
from jenkins2gha.mapping.mappers.stash import stash, unstash
from jenkins2gha.mapping.mappers.timeout import timeout
from jenkins2gha.mapping.mappers.tool import tool
from jenkins2gha.mapping.mappers.tool_blocks import nodejs, with_ant, with_maven
from jenkins2gha.mapping.mappers.unstable import unstable
from jenkins2gha.mapping.mappers.with_credentials import with_credentials
from jenkins2gha.mapping.mappers.with_env import with_env
from jenkins2gha.mapping.mappers.with_registry import with_registry
from jenkins2gha.mapping.mappers.write_file import write_file
from jenkins2gha.mapping.mappers.ws import ws
from jenkins2gha.mapping.translation import Mapper

MAPPERS: Mapping[str, Mapper] = {
    "sh": sh,
    "tool": tool,
    "bat": bat,
    "powershell": powershell,
    "echo": echo,
    "script": script,
    "stage": stage,
    "dir": dir_,
    "with_env": with_env,
    "with_credentials": with_credentials,
    "timeout": timeout,
    "retry": retry,
    "lock": lock,
    "sleep": sleep,
    "error": error,
    "unstable": unstable,
    "catch_error": catch_error,
    "warn_error": warn_error,
    "read_file": read_file,
    "write_file": write_file,
    "ws": ws,
    "delete_dir": delete_dir,
    "clean_ws": clean_ws,
    "checkout": checkout,
    "git": git,
    "archive_artifacts": archive_artifacts,
    "archive": archive,
    "junit": junit,
    "publish_html": publish_html,
    "mail": mail,
    "emailext": emailext,
    "slack_send": slack_send,
    "hook_send": hook_send,
    "build": build,
    "ansible_playbook": ansible_playbook,
    "s3_upload": s3_upload,
    "zip": zip_,
    "unzip": unzip,
    "deploy": deploy,
    "report": report,
    "quality_gate": quality_gate,
    "with_maven": with_maven,
    "with_ant": with_ant,
    "nodejs": nodejs,
    "sshagent": sshagent,
    "with_sonar": with_sonar,
    "with_aws": with_aws,
    "with_kubernetes": with_kubernetes,
    "config_files": config_files,
    "stash": stash,
    "unstash": unstash,
    "container": container,
    "with_registry": with_registry,
    "docker_inside": docker.inside,
    "docker_with_run": docker.with_run,
    "docker_run": docker.run,
    "docker_pull": docker.pull,
    "docker_push": docker.push,
    "docker_tag": docker.tag,
    "docker_build": docker.build,
    "docker_build_inside": docker.build_inside,
    "docker_build_push": docker.build_push,
}
