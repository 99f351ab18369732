"""The random numbers with which Jenkins spreads `H`: java.util.Random, seeded by a name."""

from __future__ import annotations

import hashlib

_MULTIPLIER = 0x5DEECE66D
_MASK = (1 << 48) - 1
_BITS = 31


class JavaRandom:
    """The generator of `java.util.Random`."""

    def __init__(self, seed: int) -> None:
        self._state = (seed ^ _MULTIPLIER) & _MASK

    def _next(self) -> int:
        self._state = (self._state * _MULTIPLIER + 0xB) & _MASK
        return self._state >> (48 - _BITS)

    def below(self, bound: int) -> int:
        """`nextInt(bound)`: a number from 0 to `bound` - 1."""
        if bound & -bound == bound:
            return (bound * self._next()) >> _BITS
        while True:
            bits = self._next()
            value = bits % bound
            if bits - value + (bound - 1) < 1 << _BITS:
                return value


def seeded(name: str) -> JavaRandom:
    """The generator that Jenkins makes of a job's full name (`hudson/scheduler/Hash.java`): the
    two halves of its MD5, one XORed onto the other, as a big-endian number."""
    digest = hashlib.md5(name.encode(), usedforsecurity=False).digest()
    folded = bytes(first ^ second for first, second in zip(digest[:8], digest[8:], strict=True))
    return JavaRandom(int.from_bytes(folded, "big", signed=True))
