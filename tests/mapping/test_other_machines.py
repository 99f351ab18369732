"""Texts in a script that run elsewhere."""

from __future__ import annotations

import pytest

from jenkins2gha.mapping.dependencies import dependencies
from jenkins2gha.mapping.other_machines import on_this_machine


@pytest.mark.parametrize(
    ("script", "rest"),
    [
        ("ssh ci@web 'docker run -d -p 80:80 shop'", "ssh ci@web "),
        ('ssh -i key ci@web "pm2\n restart shop"; make', "ssh -i key ci@web ; make"),
        ("ssh ci@web bash -c \"'pm2 start'\"", "ssh ci@web bash -c "),
        ("ssh ci@web << 'EOF'\npm2 start\nEOF\nmake", "ssh ci@web << 'EOF'\n\nmake"),
        ("docker run -d -p 80:80 shop", "docker run -d -p 80:80 shop"),
    ],
)
def test_what_another_host_runs_is_left_out(script: str, rest: str) -> None:
    assert on_this_machine(script) == rest


@pytest.mark.parametrize(
    ("script", "found"),
    [
        ('docker exec box bash -c "cp /mnt/ci/a.sh /home/docker/shop"', []),
        ("docker run --rm img sh -ec 'ls /opt/shop/bin'", []),
        ("cp /opt/shop/a.sh .", ["the path /opt/shop/a.sh"]),
        ("mkdir -p ~/.ssh\ncp $KEY ~/.ssh/id_rsa\nssh-keyscan x >> ~/.ssh/known_hosts", []),
        ("chmod 600 ~/.ssh/id_rsa\ncp $KEY ~/.ssh/id_rsa", ["the file ~/.ssh/id_rsa"]),
        ("cp ~/.ssh/id_rsa key", ["the file ~/.ssh/id_rsa"]),
        ("~/sonar/bin/sonar-scanner", ["the file ~/sonar/bin/sonar-scanner"]),
        ("curl -o ~/tools/jq https://jq.example && ~/tools/jq .", []),
        ("nvm use 4.4.4", ["the Node.js that `nvm use 4.4.4` finds installed"]),
        ("nvm install 4.4.4 && nvm use 4.4.4", []),
        ("cp $WORKSPACE@script/a .", ["Jenkins' own checkout $WORKSPACE@script/a"]),
    ],
)
def test_what_a_script_takes_from_its_agent(script: str, found: list[str]) -> None:
    assert dependencies(script) == found
