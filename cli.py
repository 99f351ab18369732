"""Runs jenkins2gha from a checkout: `python cli.py convert Jenkinsfile`."""

import sys

from jenkins2gha.command import main

if __name__ == "__main__":
    sys.exit(main())
