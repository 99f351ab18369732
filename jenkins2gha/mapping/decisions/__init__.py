"""Conditions of Jenkins, decided: by an expression of GitHub's, or by a step that tests them."""
