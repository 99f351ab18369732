"""The large numbers: what the suite samples, over whole ranges of seeds; see `__main__`."""
