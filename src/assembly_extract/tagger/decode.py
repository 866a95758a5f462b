"""Decoding of a linear chain: the best labels, and how sure they are, for many lines at once."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]
    Doubles = npt.NDArray[np.float64]
    Ints = npt.NDArray[np.int64]
    Bools = npt.NDArray[np.bool_]

# A token whose label "outside" leads every other by this much is taken to be outside whatever
# stands beside it: it cuts the line into stretches that are decoded side by side. The transition
# weights of a model could overrule a smaller lead. Measured against decoding whole lines on 250
# articles with 14,885 spans: no span differs at 9, 3 at 7, 59 at 5.
CERTAIN = 9.0
# Steps after which probabilities are scaled to a sum of 1. A step makes the largest of a stretch
# smaller by a factor of exp(50) at most, that of a forbidden transition, and double precision holds
# exp(-700).
_SCALED_AFTER = 4
# If labels are wrong with probabilities that sum up to less than a half, all are right together
# with more than a half: no other sequence is better. The rest of the half is for rounding.
_NO_DOUBT = 0.49


class Decoded(NamedTuple):
    """Labels of the tokens that are not outside by certainty.

    ``rows`` are these tokens' rows, in no order, ``labels`` their labels in the best sequence.
    ``sure`` is the probability of each label at each of them: such tokens x those labels that are
    ``likely`` at any.
    """

    rows: Ints
    labels: Ints
    likely: Ints
    sure: Floats


class _Stretches(NamedTuple):
    """Runs of uncertain tokens, the longest first.

    ``rows`` are the rows of their tokens: first those of all first tokens, then those of all second
    tokens ...; ``blocks`` are where these blocks begin, and the end. Of each token ``numbers`` is
    the number of its stretch, ``mirrored`` the index of the token that stands as far from the
    stretch's end as this does from its beginning. ``opens`` is true where the token before a
    stretch is outside by certainty (else the line begins), ``closes`` likewise for the one after.
    """

    rows: Ints
    blocks: list[int]
    numbers: Ints
    mirrored: Ints
    opens: Bools
    closes: Bools

    def steps(self) -> Iterator[tuple[slice, slice]]:
        """Yield, of each block but the first, the tokens before those of it, and those of it."""
        before = 0
        for start, end in pairwise(self.blocks[1:]):
            yield slice(before, before + end - start), slice(start, end)
            before = start


def decode(potentials: Floats, inside: Bools, transitions: Floats, outside: int) -> Decoded:
    """Decode lines.

    Parameters
    ----------
    potentials
        Rows x labels.
    inside
        False on at least one row before, between and after lines.
    transitions
        The weights of pairs of labels, from x to.
    outside
        The label that tokens of no span have.

    """
    # One label after another: numpy is slow where it goes along short rows.
    columns = np.ascontiguousarray(potentials.T)
    own = columns[outside].copy()
    columns[outside] = -np.inf
    others = columns.max(axis=0)
    stretches = _uncertain(inside & (own - others < CERTAIN), inside)
    rows = stretches.rows
    emissions = potentials.take(rows, axis=0)
    emissions -= np.maximum(own, others)[rows, None]
    # Decoding costs the square of the number of labels, and most articles hold no law, no e-mail
    # address ...: those count that come within CERTAIN of the best at some token, and outside.
    common: Bools = np.any(emissions > -CERTAIN, axis=0)
    common[outside] = True
    likely = np.flatnonzero(common)
    emissions = emissions.take(likely, axis=1)
    transitions = transitions[likely[:, None], likely]
    outside = int(likely.searchsorted(outside))
    sure = _marginals(emissions, transitions, stretches, outside)
    labels = _best(sure, emissions, transitions, stretches, outside)
    return Decoded(rows, likely[labels], likely, sure.astype(np.float32))


def _uncertain(uncertain: Bools, inside: Bools) -> _Stretches:
    edges = np.diff(uncertain.view(np.int8))
    starts, ends = np.flatnonzero(edges == 1) + 1, np.flatnonzero(edges == -1) + 1
    order = np.argsort(starts - ends, kind="stable")
    starts, ends = starts[order], ends[order]
    lengths = ends - starts
    # How many stretches have a token of each number, and where the block of these begins.
    active = len(lengths) - np.bincount(lengths, minlength=1).cumsum()[:-1]
    blocks = np.concatenate(([0], active.cumsum()))
    step = np.arange(len(active)).repeat(active)
    numbers = np.arange(len(step)) - blocks[step]
    mirrored = blocks[lengths[numbers] - 1 - step] + numbers
    rows = starts[numbers] + step
    return _Stretches(rows, blocks.tolist(), numbers, mirrored, inside[starts - 1], inside[ends])


def _marginals(
    emissions: Floats, transitions: Floats, stretches: _Stretches, outside: int
) -> Doubles:
    """Return the probability of every label at each token; the best emission of a token is 0.

    What is seen before a token and what is seen after it are summed side by side: the latter from
    the stretches' ends, so in mirrored order.
    """
    count, mirrored = len(stretches.opens), stretches.mirrored
    weights = np.empty((2, *emissions.shape))
    np.exp(emissions, out=weights[0])
    weights[1] = weights[0, mirrored]
    follow = np.exp(transitions, dtype=np.float64)
    follows = np.array((follow, follow.T))
    arriving = np.empty_like(weights)
    arriving[0, :count] = np.where(stretches.opens[:, None], follow[outside], 1)
    arriving[1, :count] = np.where(stretches.closes[:, None], follow[:, outside], 1)
    reached = np.empty_like(weights)
    np.multiply(arriving[:, :count], weights[:, :count], out=reached[:, :count])
    for number, (before, here) in enumerate(stretches.steps(), 1):
        np.matmul(reached[:, before], follows, out=arriving[:, here])
        np.multiply(arriving[:, here], weights[:, here], out=reached[:, here])
        if number % _SCALED_AFTER == 0:
            reached[:, here] /= reached[:, here].sum(axis=2, keepdims=True)
    found: Doubles = reached[0] * arriving[1, mirrored]
    found /= found.sum(axis=1, keepdims=True)
    return found


def _best(
    sure: Doubles, emissions: Floats, transitions: Floats, stretches: _Stretches, outside: int
) -> Ints:
    """Return the labels of the best sequences: the likeliest at each token, unless in doubt."""
    labels: Ints = sure.argmax(axis=1)
    doubts = np.bincount(stretches.numbers, 1 - sure.max(axis=1))
    for number in np.flatnonzero(doubts > _NO_DOUBT).tolist():
        own = np.flatnonzero(stretches.numbers == number)
        summed = emissions[own]
        if stretches.opens[number]:
            summed[0] += transitions[outside]
        if stretches.closes[number]:
            summed[-1] += transitions[:, outside]
        labels[own] = _viterbi(summed, transitions)
    return labels


def _viterbi(emissions: Floats, transitions: Floats) -> list[int]:
    """Return the best sequence of labels of a stretch."""
    score, come_from = emissions[0], []
    for emission in emissions[1:]:
        arriving = score[:, None] + transitions
        come_from.append(arriving.argmax(axis=0))
        score = arriving.max(axis=0) + emission
    labels = [int(score.argmax())]
    for origins in reversed(come_from):
        labels.append(int(origins[labels[-1]]))
    return labels[::-1]
