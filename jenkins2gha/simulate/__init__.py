"""What a workflow does on GitHub, from its YAML alone: one half of the proof of a conversion.

Nothing here knows how a workflow is made: no fault of the compiler can hide in it.
"""
