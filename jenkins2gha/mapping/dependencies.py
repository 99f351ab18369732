"""What a script takes from the machine that it runs on, which another machine does not have."""

from __future__ import annotations

import re

_PRIVATE = r"(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.)[\d.]+"
_START = r"(?<![\w./$}{-])"
_SIGNS: tuple[tuple[str, str], ...] = (
    (
        _START + r"/(?:home|Users|opt|srv|mnt|data|var/lib/jenkins|var/jenkins_home|root)/[\w./-]+",
        "the path {}",
    ),
    (r"\b[A-Za-z]:\\(?!\\?(?:Program Files|Windows\b))[\w\\.-]+", "the path {}"),
    (r"(?:~|\$HOME|\$\{HOME\})/\.(?:ssh|aws|kube|docker|netrc|m2/settings)[\w./-]*", "the file {}"),
    (r"\bsudo\s+(?:-i\s+)?su\b(?:\s+-?\s*\w+)?", "the user that `{}` becomes"),
    (r"\bsudo\s+-u\s+\w+", "the user that `{}` becomes"),
    (
        r"\b(?:ssh|scp|sftp|rsync)\s(?:[^\n;|&]*?\s)?(?:[\w.-]+@)" + _PRIVATE,
        "a private host (`{}`)",
    ),
    (
        r"\b(?:ssh|scp|sftp)\s(?:[^\n;|&]*?\s)?[\w.-]+@[\w.-]+",
        "its ssh key for `{}`",
    ),
    (
        r"\bhttps?://[\w-]+(?:\.(?:local|internal|intranet|corp|lan))+(?=[:/\s\"']|$)",
        "the private host {}",
    ),
    (r"\bsystemctl\s+\w+\s+[\w@.-]+|\bservice\s+[\w@.-]+\s+(?:re)?start\b", "the service in `{}`"),
)


def dependencies(script: str) -> list[str]:
    """What a script needs of its agent, each thing once, in the order of the script's text.

    >>> dependencies("cp app.war /opt/tomcat/webapps/ && sudo su - deploy")
    ['the path /opt/tomcat/webapps/', 'the user that `sudo su - deploy` becomes']
    """
    found: dict[tuple[int, int], str] = {}
    for pattern, words in _SIGNS:
        for match in re.finditer(pattern, script):
            taken = any(start < match.end() and match.start() < end for start, end in found)
            if not taken:
                found[match.span()] = words.format(match[0].strip())
    return list(dict.fromkeys(found[place] for place in sorted(found)))
