"""A run on Jenkins against the run of the converted workflow, in one situation after another."""

from __future__ import annotations

from jenkins2gha.simulate.compare.acts import Act, Extent
from jenkins2gha.simulate.compare.differences import Difference, differences
from jenkins2gha.simulate.compare.excuses import BUILD, KINDS, Excuse, excuses, unexcused
from jenkins2gha.simulate.compare.known import Known, key_of
from jenkins2gha.simulate.compare.outside import Facts
from jenkins2gha.simulate.compare.workflow_run import Recorded, record

__all__ = [
    "BUILD",
    "KINDS",
    "Act",
    "Difference",
    "Excuse",
    "Extent",
    "Facts",
    "Known",
    "Recorded",
    "differences",
    "excuses",
    "key_of",
    "record",
    "unexcused",
]
