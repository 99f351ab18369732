"""The situations in which each part of each condition of a pipeline decides, both ways."""
