"""Decides which stages of a pipeline share a job, and in which order they run."""

from jenkins2gha.plan.jobs import Gap, HoleKind, Plan, PlannedJob, PlannedStage
from jenkins2gha.plan.plan import Manner, plan

__all__ = ["Gap", "HoleKind", "Manner", "Plan", "PlannedJob", "PlannedStage", "plan"]
