"""Small ordered steps from a workflow to a better one, each saying what it changed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeAlias

from jenkins2gha.actions.workflow import Workflow
from jenkins2gha.configuration import Configuration
from jenkins2gha.passes.caching import keep_caches_from_releases
from jenkins2gha.passes.checkout import check_out_once
from jenkins2gha.passes.endings import end_scripts
from jenkins2gha.passes.environment import drop_repeated_variables
from jenkins2gha.passes.ids import drop_unread_ids
from jenkins2gha.passes.inputs import drop_unknown_inputs
from jenkins2gha.passes.limits import keep_limits
from jenkins2gha.passes.masking import mask_secrets
from jenkins2gha.passes.naming import name_steps
from jenkins2gha.passes.ownership import trust_workspaces
from jenkins2gha.passes.permissions import limit_permissions
from jenkins2gha.passes.pinning import pin_actions
from jenkins2gha.passes.placeholders import merge_placeholders
from jenkins2gha.passes.platform import platform
from jenkins2gha.passes.printing import join_printing
from jenkins2gha.passes.result import Note, PassResult
from jenkins2gha.passes.settings import give_settings
from jenkins2gha.passes.setups import set_up_once
from jenkins2gha.passes.shared_variables import share_variables

__all__ = ["PASSES", "Note", "PassResult", "run_passes"]

Pass: TypeAlias = Callable[[Workflow], PassResult]

PASSES: tuple[Pass, ...] = (
    platform,
    check_out_once,
    trust_workspaces,
    set_up_once,
    keep_caches_from_releases,
    limit_permissions,
    give_settings,
    share_variables,
    mask_secrets,
    drop_repeated_variables,
)
"""What makes the workflow better. Then follow the passes that make it whole: limits, which may
leave placeholders; inputs that are not there; ids that nothing reads; one placeholder where several
are neighbours; what is printed in one step with what is run next; the ends of scripts; names;
pins."""


def run_passes(workflow: Workflow, settings: Configuration) -> PassResult:
    """The workflow after all passes, with what each of them said, in their order."""
    notes: list[Note] = []
    for one in (*PASSES, *_last(settings)):
        result = one(workflow)
        workflow = result.workflow
        notes += result.notes
    return PassResult(workflow, tuple(notes))


def _last(settings: Configuration) -> tuple[Pass, ...]:
    return (
        partial(keep_limits, on_manual=settings.on_manual),
        drop_unknown_inputs,
        drop_unread_ids,
        merge_placeholders,
        join_printing,
        end_scripts,
        name_steps,
        partial(pin_actions, pin=settings.pin),
    )
