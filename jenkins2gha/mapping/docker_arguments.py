"""The arguments of `docker run` in an agent → the parts of a job's container.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idcontainer
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator

from jenkins2gha.record import dataclass, field
from jenkins2gha.regex import regex

_VALUED = frozenset(
    "-a --add-host --annotation --attach --blkio-weight --cap-add --cap-drop --cgroup-parent "
    "--cgroupns --cidfile -c --cpu-shares --cpus --cpuset-cpus --cpuset-mems --device --dns "
    "--dns-option --dns-search --domainname --entrypoint -e --env --env-file --expose --gpus "
    "--group-add -h --hostname --ip --ipc --isolation -l --label --link --log-driver --log-opt "
    "-m --memory --memory-reservation --memory-swap --mount --name --net --network "
    "--network-alias --oom-score-adj --pid --pids-limit --platform -p --publish --pull "
    "--restart --runtime --security-opt --shm-size --stop-signal --stop-timeout --storage-opt "
    "--sysctl --tmpfs --ulimit -u --user --userns --uts -v --volume --volume-driver "
    "--volumes-from -w --workdir".split()
)
_LONG = {"-v": "--volume", "-e": "--env", "-u": "--user", "-w": "--workdir"}
WITHOUT_EFFECT = ("--rm", "-d", "--detach", "-t", "--tty", "-i", "--interactive", "-it", "-ti")
_REFUSED = {
    "--network": "a job container stands in GitHub's own network",
    "--net": "a job container stands in GitHub's own network",
    "--entrypoint": "GitHub replaces the entry point by itself",
    "--workdir": "GitHub sets the working directory",
}
_SOCKET = "/var/run/docker.sock"
_SHARED = regex(
    r"/(?:dev|sys|proc|lib/modules)(?:/.*)?|/tmp/?|/var/run/docker\.sock"
    r"|/etc/(?:passwd|group|localtime|timezone|hosts|resolv\.conf|ssl/certs)/?"
    r"|(?:/usr)?/bin/(?:docker|git|bash|sh|env|curl|jq|make|perl|python3|tar|unzip|zip)"
    r"|\$\{?(?:PWD|WORKSPACE)\}?(?:/.*)?"
)
_VARIABLE = regex(r"\$\{?(\w+)\}?")


@dataclass(frozen=True, slots=True)
class Arguments:
    """`host` lists the folders of the machine that are mounted, `left_out` what has no place."""

    volumes: tuple[str, ...] = ()
    env: dict[str, str] = field(default_factory=dict)
    options: str | None = None
    user: str | None = None
    host: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


def split(text: str) -> Arguments | None:
    """The parts of the arguments; None where they are no words of a shell, or need its variables.

    >>> split("-v /cache:/cache -e CI=1 -u root --cpus 2")
    Arguments(volumes=('/cache:/cache',), env={'CI': '1'}, options='--cpus 2 --user root', \
user='root', host=('/cache',), left_out=())
    """
    try:
        words = shlex.split(
            text.replace("${HOME}", "/home/runner").replace("$HOME", "/home/runner")
        )
    except ValueError:
        return None
    if any(_VARIABLE.search(word) for word in words):
        return None
    volumes: list[str] = []
    env: dict[str, str] = {}
    options: list[str] = []
    left_out: list[str] = []
    user = None
    for name, value in _options(words):
        if name in WITHOUT_EFFECT:
            continue
        if name in _REFUSED:
            left_out.append(f"`{name}`: {_REFUSED[name]}")
        elif name == "--volume" and value is not None:
            volumes += [value] if not value.startswith(_SOCKET) else []
        elif name == "--env" and value is not None and "=" in value:
            key, _, text_ = value.partition("=")
            env[key] = text_
        elif name == "--user":
            user = value
        else:
            options += [name] if value is None else [name, shlex.quote(value)]
    if user:
        options += ["--user", shlex.quote(user)]
    mounted = (volume.split(":")[0] for volume in volumes if volume.startswith("/"))
    host = [path for path in mounted if not on_every_machine(path)]
    return Arguments(
        tuple(volumes), env, " ".join(options) or None, user, tuple(host), tuple(left_out)
    )


def on_every_machine(path: str) -> bool:
    """Whether a path of an agent is one of GitHub's Linux machines, too, or of the workspace.

    >>> on_every_machine("/usr/bin/docker"), on_every_machine("/usr/bin/deploy-tool")
    (True, False)
    """
    return _SHARED.fullmatch(path) is not None


def _options(words: list[str]) -> Iterator[tuple[str, str | None]]:
    """The options with their values, `-v` and `--volume` under one name."""
    rest = list(words)
    while rest:
        word = rest.pop(0)
        name, equals, value = word.partition("=")
        short = re.fullmatch(r"(-[euvwlmphc])(.+)", word)
        if word.startswith("--") and equals:
            yield name, value
        elif word in _VALUED:
            yield _LONG.get(word, word), rest.pop(0) if rest else None
        elif short and not word.startswith("--") and word not in WITHOUT_EFFECT:
            yield _LONG.get(short[1], short[1]), short[2].removeprefix("=")
        else:
            yield word, None
