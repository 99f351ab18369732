"""Wrong calls."""


class UsageError(Exception):
    """The call itself is wrong; the message says what to write instead."""
