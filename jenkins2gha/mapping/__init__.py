"""Planned job → workflow: the tables of `mappings/`, and a mapper where no row can say it."""
