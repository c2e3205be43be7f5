"""Which stretches of a text are read for their meaning."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from hansa.engine.language.sentences import Span

LONGEST = 280  # a sentence is read together with the next one up to this length: the second often needs the first


def windows(spans: Sequence[Span]) -> list[Span]:
    """Join neighbouring sentences, two by two, into stretches worth reading together.

    A sentence left over at the end is read once more with the one before it, as far as both fit.
    """
    found: list[Span] = []
    position = 0
    while position < len(spans):
        start, end = spans[position]
        after = position + 1
        if after < len(spans) and spans[after][1] - start <= LONGEST:
            end = spans[after][1]
            after += 1
        elif after == len(spans) > 1 and end - spans[position - 1][0] <= LONGEST:
            start = spans[position - 1][0]
        found.append((start, end))
        position = after
    return found


def chosen(stretches: Sequence[Span], *, marks: Sequence[int], most_characters: int) -> list[Span]:
    """Keep stretches of at most ``most_characters`` together, in order.

    First the beginning, then those that hold a mark (a place where a label was found), then evenly from the rest.
    """
    if sum(end - start for start, end in stretches) <= most_characters:
        return list(stretches)
    marked = [n for n, (start, end) in enumerate(stretches) if any(start <= mark < end for mark in marks)]
    kept: set[int] = set()
    left = most_characters
    for number in dict.fromkeys([0, 1, *marked, *_evenly(len(stretches))]):
        length = stretches[number][1] - stretches[number][0]
        if length <= left:
            kept.add(number)
            left -= length
        if left < 40:
            break
    return [stretches[number] for number in sorted(kept)]


def _evenly(n: int) -> list[int]:
    """All numbers below ``n``, each one in the middle of the widest gap left: 0, n - 1, n / 2, n / 4, ..."""
    order = [0, n - 1]
    gaps = [(0, n - 1)]
    while gaps:
        gaps = [gap for gap in gaps if gap[1] - gap[0] > 1]
        middles = [(low, (low + high) // 2, high) for low, high in gaps]
        order += [middle for _, middle, _ in middles]
        gaps = [pair for triple in middles for pair in pairwise(triple)]
    return order
