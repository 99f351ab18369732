"""Containers and images of earlier builds that scripts need."""

from __future__ import annotations

import pytest

from translating import translated


def needed(steps: str, *, agent: str = "any") -> list[str]:
    text = f"pipeline {{ agent {agent}\nstages {{ stage('A') {{ steps {{ {steps} }} }} }} }}"
    said = translated(text).translation.diagnostics
    taken = (one.message for one in said if one.rule == "agent-dependency")
    return [one for one in taken if "needs" in one]


@pytest.mark.parametrize(
    ("script", "what"),
    [
        ("docker stop web", "the container that `docker stop web`"),
        ("sudo docker container rm web", "the container that `sudo docker container rm web`"),
        ("docker ps | grep -q web && docker stop web", "the container that `docker stop web`"),
        ("cd api && docker restart -t 5 web", "the container that `docker restart -t 5 web`"),
        ("docker cp dist/. web:/srv/", "the container that `docker cp dist/. web:/srv/`"),
        ("docker exec -u root web reload", "the container that `docker exec -u root web reload`"),
        ("docker rm -f $(docker ps -aq)", "the container that `docker rm -f $(docker ps -aq)`"),
        ("docker ps -q | xargs docker stop", "the container that `xargs docker stop`"),
        ("docker run --name db x; docker stop web", "the container that `docker stop web`"),
        ("docker compose exec web reload", "the container that `docker compose exec web reload`"),
        ("docker rmi demo:old", "the image that `docker rmi demo:old`"),
    ],
)
def test_what_only_an_earlier_build_has_made(script: str, what: str) -> None:
    (message,) = needed(f"sh '{script}'")
    assert what in message


@pytest.mark.parametrize(
    "script",
    [
        "docker stop web || true",
        "docker stop web && docker rm web || echo none",
        "docker rm -f web",
        "docker logs web | tail",
        "docker ps | grep -q web && docker stop web; docker run -d --name web demo",
        "docker run -d --name web demo; docker stop web",
        "docker run -d --name $NAME demo; docker stop web",
        "ID=$(docker run -d demo); docker stop $ID",
        "docker ps -q | xargs -r docker stop",
        "docker compose up -d && docker exec demo-web-1 reload && docker compose exec web reload",
        "if docker ps | grep -q web; then docker stop web; fi",
        "docker inspect web || docker start web",
        "set +e; docker stop web; echo done",
        "./deploy.sh && docker logs web",
        "docker -H tcp://other:2375 stop web",
        "docker build -t demo . && docker rmi demo",
        "docker rmi -f demo:old",
        "! docker stop web",
    ],
)
def test_what_is_there_or_need_not_be(script: str) -> None:
    assert needed(f"sh '{script}'") == []


@pytest.mark.parametrize(
    "steps",
    [
        "catchError { sh 'docker stop web' }",
        "script { try { sh 'docker stop web' } catch (e) { echo 'none' } }",
        "sh returnStatus: true, script: 'docker stop web'",
        (
            "script { if (sh(returnStatus: true, script: 'docker ps | grep web') == 0) "
            "{ sh 'docker stop web' } }"
        ),
        "script { docker.image('demo').run('--name web') }\nsh 'docker stop web'",
        "sh '''#!/bin/bash\ndocker stop web\ndocker run -d --name web demo'''",
    ],
)
def test_the_pipeline_catches_or_makes_it(steps: str) -> None:
    assert needed(steps) == []


def test_in_a_container_docker_is_not_asked() -> None:
    assert needed("sh 'docker stop web'", agent="{ docker 'docker:cli' }") == []
