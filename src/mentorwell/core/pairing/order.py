"""The order of a shortlist: the best fit first, and nobody on top of every list."""

from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from mentorwell.core.pairing.scale import ONE
from mentorwell.core.pairing.slots import Millionths, Places


BAND = 50_000  # millionths within which fits count as equal


def bands(scores: Millionths) -> Places:
    """Return the band of each fit, 0 for the best.

    "Within 0.05 of each other" alone is no order: a may be close to b and b to c, but a not to
    c. So bands are cut from the top: the best fit and all within 0.05 of it are the first, the
    best of the rest and all within 0.05 of that the second, and so on. Two of one band are
    always within 0.05; and whoever is within 0.05 of the very best competes with them on equal
    terms, which bands at fixed marks (0.75, 0.70, ...) would not grant. There are at most 20.
    """
    falling = -np.sort(-scores)
    result = np.zeros(len(scores), dtype=np.intp)
    start = 0
    while start < len(falling):
        least = falling[start] - BAND
        result += scores < least
        start = int(np.searchsorted(-falling, -least, side="right"))
    return result


def order(
    scores: Millionths,
    free_places: NDArray[np.integer],
    keys: NDArray[np.uint64],
    *,
    seed: int,
    mentee_id: str,
) -> Places:
    """Return the places of one mentee's mentors, in the order of the list.

    `scores` are fits in millionths, `keys` the mentors' (`MentorPool.keys`); give the mentors
    whom this mentee may see, and filter the list for display afterwards, since leaving people
    out may move a band. By band (see `bands`); in a band those with more free places first;
    among these by a hash of seed, mentee and mentor, so that each mentee's list begins with
    somebody else. Total and stable: the order in which mentors are given changes nothing.

    Raises ValueError if the arrays differ in length, a place is negative or a score is not in
    0 .. 1,000,000. Takes n log n.

    The hash is the finaliser of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014) over the
    mentor's key and a BLAKE2b of seed and mentee.
    """
    if not len(scores) == len(free_places) == len(keys):
        raise ValueError(
            f"{len(scores)} scores, {len(free_places)} free places and {len(keys)} keys."
        )
    if len(scores) and not (scores.min() >= 0 and scores.max() <= ONE):
        raise ValueError(f"A score is not from 0 to {ONE}.")
    if len(free_places) and free_places.min() < 0:
        raise ValueError(f"{free_places.min()} free places: a number cannot be negative.")
    salt = blake2b(f"{seed}:{mentee_id}".encode(), digest_size=8).digest()
    lot = mixed(keys ^ np.uint64(int.from_bytes(salt)))
    return np.lexsort((lot, -free_places.astype(np.int64), bands(scores)))


def mixed(keys: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return each key scrambled, so that keys alike come out unlike: SplitMix64's finaliser."""
    keys = (keys ^ (keys >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    keys = (keys ^ (keys >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return keys ^ (keys >> np.uint64(31))
