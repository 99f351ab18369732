"""The files that logins of services stand in, and who may write to them."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from mapped import IN_CONTAINER, LINUX, executed, translated

CLUSTER = "withKubeConfig([credentialsId: 'kube'])"
CREDENTIAL = "withCredentials([file(credentialsId: 'kube', variable: 'KUBECONFIG')])"
MANAGED = "configFileProvider([configFile(fileId: 'kube', variable: 'KUBECONFIG')])"


def written(block: str, folder: Path) -> Path:
    """The file that a block writes for `kubectl`."""
    first, *_ = translated(f"{block} {{\nsh 'kubectl get pods'\n}}", LINUX).steps
    status, _ = executed(str(first.run), folder, {"KUBECONFIG": "clusters: []"})
    assert status == 0
    return folder / "kube"


@pytest.mark.parametrize(
    ("block", "mode"), [(CLUSTER, 0o600), (CREDENTIAL, 0o400), (MANAGED, 0o400)]
)
def test_only_the_file_of_a_cluster_is_writable(block: str, mode: int, tmp_path: Path) -> None:
    file = written(block, tmp_path)
    assert stat.S_IMODE(file.stat().st_mode) == mode
    assert file.read_text() == "clusters: []\n"


def test_a_file_that_is_there_already_is_written_again(tmp_path: Path) -> None:
    written(CREDENTIAL, tmp_path)
    assert stat.S_IMODE(written(CLUSTER, tmp_path).stat().st_mode) == 0o600


def test_in_a_container_too() -> None:
    first, *_ = translated(f"{CLUSTER} {{\nsh 'kubectl get pods'\n}}", IN_CONTAINER).steps
    assert "umask 077" in str(first.run)
