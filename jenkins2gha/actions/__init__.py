"""GitHub Actions: the typed workflow, its expressions, and how both are written."""
