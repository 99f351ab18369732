"""Declarative pipelines, run in the order of pipeline-model-definition's ModelInterpreter."""
