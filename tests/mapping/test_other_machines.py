"""Texts in a script that run elsewhere."""

from __future__ import annotations

import pytest

from jenkins2gha.mapping.dependencies import above, dependencies
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
        ("~/sonar/bin/sonar-scanner", ["the program or file ~/sonar/bin/sonar-scanner"]),
        ("curl -o ~/tools/jq https://jq.example && ~/tools/jq .", []),
        ("rm -f ~/.ssh/id_rsa\ncp $KEY ~/.ssh/id_rsa", []),
        ("export PATH=$PATH:$HOME/tools/bin", []),
        ("nvm use 4.4.4", ["the Node.js that `nvm use 4.4.4` finds installed"]),
        ("nvm install 4.4.4 && nvm use 4.4.4", []),
        ("cp $WORKSPACE@script/a .", ["Jenkins' own checkout $WORKSPACE@script/a"]),
    ],
)
def test_what_a_script_takes_from_its_agent(script: str, found: list[str]) -> None:
    assert dependencies(script) == found


@pytest.mark.parametrize(
    ("script", "found"),
    [
        ("cat ../../.ssh/id_rsa", ["the files beside the workspace at ../../.ssh/id_rsa"]),
        ("copy ..\\..\\tools\\a.bat .", ["the files beside the workspace at ..\\..\\tools\\a.bat"]),
        ("cd build && cp ../a .", []),
        ("mkdir -p ../out; cp a ../out; ls ../out", []),
        ("ssh ci@web 'cat ../a'", []),
        ("ng build --base ../a", []),
    ],
)
def test_files_beside_the_workspace(script: str, found: list[str]) -> None:
    assert above(script) == found
