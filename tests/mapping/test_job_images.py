"""Images in which the actions of GitHub can run."""

from __future__ import annotations

import pytest

from jenkins2gha.mapping.job_images import is_old
from jenkins2gha.tables import table

OLD = {
    "*": "demo/build:2-stretch demo/ci:ci-runner-centos7-build-v3 nvidia/cuda:10.0-ubuntu18.04",
    "centos": "centos:6 centos:7.9.2009 registry.example.org:5000/library/centos:centos7",
    "*centos7": "centos/python-36-centos7",
    "*centos6": "demo/build-centos6:latest",
    "ubi7*": "registry.access.redhat.com/ubi7/ubi:7.9",
    "rhel7*": "registry.access.redhat.com/rhel7:latest",
    "manylinux1_*": "quay.io/pypa/manylinux1_x86_64",
    "manylinux2010_*": "quay.io/pypa/manylinux2010_x86_64",
    "manylinux2014_*": "quay.io/pypa/manylinux2014_x86_64:latest",
    "oraclelinux": "oraclelinux:7-slim",
    "amazonlinux": "amazonlinux:2 amazonlinux:2018.03",
    "ubuntu": "ubuntu:16.04 ubuntu:18.04 ubuntu:bionic",
    "debian": "debian:9-slim debian:jessie debian:8.11",
    "fedora": "fedora:27",
    "java": "java:8 java",
    "openjdk": "openjdk:8u121-jre openjdk:7 openjdk:10-jdk",
    "maven": "maven:3.3.9-jdk-8 maven:3-jdk-7 maven:3.5",
    "gradle": "gradle:4.10-jdk8",
    "node": "node:8 node:10.24 node:12-slim node:14.15.0 node:carbon",
    "golang": "golang:1.9 golang:1.11.4",
    "python": "python:3.4 python:2.7.12 python:3.6.5-slim",
    "ruby": "ruby:2.3.1",
    "php": "php:5.6-cli php:7.0",
    "microsoft/dotnet": "microsoft/dotnet:2.1-sdk",
    "dotnet/core/*": "mcr.microsoft.com/dotnet/core/sdk:2.2",
    "docker": "docker:1.11 docker:18.09-git docker:19",
    "docker on alpine": "docker:1.11-alpine",
    "node on alpine": "node:7-alpine node:12.22-alpine",
    "maven on alpine": "maven:3-alpine maven:3.6-jdk-8-alpine",
    "openjdk on alpine": "openjdk:8-jdk-alpine",
    "java on alpine": "java:8-alpine",
    "gradle on alpine": "gradle:4.7-alpine gradle:6-jdk8-alpine",
    "golang on alpine": "golang:1.9-alpine",
    "python on alpine": "python:2-alpine python:3.6-alpine python:3.8-alpine3.12",
    "ruby on alpine": "ruby:2.5-alpine",
    "php on alpine": "php:7.1-fpm-alpine",
}


@pytest.mark.parametrize("name", table("images"))
def test_every_row_knows_an_old_image(name: str) -> None:
    assert all(map(is_old, OLD[name].split()))


@pytest.mark.parametrize(
    "image",
    "centos centos:8 ubuntu ubuntu:20.04 ubuntu:22.04 debian:10 debian:bookworm amazonlinux:2023 "
    "amazonlinux node node:14 node:16-buster node:20 "
    "node:22-alpine alpine alpine:3.20 maven:3 maven:3.6.3-jdk-8 "
    "maven:3.9-eclipse-temurin-17 openjdk:8 openjdk:8u342-jdk openjdk:11 python:3.12 python:3.10 "
    "golang:1.12 golang:1.22 ruby:2.7 php:8.1 gradle:8-jdk17 fedora:40 demo/trustyworthy:2 "
    "registry.example.org:5000/demo mcr.microsoft.com/dotnet/core/sdk:3.1 docker:27 "
    "node@sha256:0123".split(),
)
def test_other_images_are_new_enough(image: str) -> None:
    assert not is_old(image)
