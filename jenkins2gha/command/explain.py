"""`jenkins2gha explain RULE`: what a rule says, why, and what to do."""

from __future__ import annotations

import argparse
import textwrap
from difflib import get_close_matches

from jenkins2gha.command.exit_codes import CONVERTED
from jenkins2gha.command.usage import UsageError
from jenkins2gha.tables import table


def run(arguments: argparse.Namespace) -> int:
    rules = table("rules")
    if arguments.rule is None:
        for name in sorted(rules):
            print(f"{name:32} {rules[name]['title']}")
        return CONVERTED
    if arguments.rule not in rules:
        near = get_close_matches(arguments.rule, rules, n=3)
        meant = (
            f"; did you mean {', '.join(near)}?" if near else "; `jenkins2gha explain` lists all"
        )
        raise UsageError(f"there is no rule {arguments.rule!r}{meant}")
    print(explanation(arguments.rule))
    return CONVERTED


def explanation(rule: str) -> str:
    """The page of one rule as text."""
    row = table("rules")[rule]
    says = row["severity"] + (f", {row['certainty']}" if row.get("certainty") else "")
    parts = [f"{rule}: {row['title']} ({says})", _wrapped(row["why"])]
    if row.get("do"):
        parts.append("What to do: " + _wrapped(row["do"]))
    if row.get("docs"):
        parts.append(f"See {row['docs']}")
    return "\n\n".join(parts)


def _wrapped(text: str) -> str:
    return textwrap.fill(" ".join(text.split()), 90)
