"""Declarative pipelines, read and validated as Jenkins does."""
