"""The bound that prices prove, by trying everything, in Python's whole numbers of any size."""

from itertools import combinations


def bound(problem, objective, prices):
    """What every mentee at best takes at these prices, and every seat at best is worth."""
    prices = [int(price) for price in prices]
    return _mentees(problem, objective, prices) + _seats(problem, objective, prices)


def _mentees(problem, objective, prices):
    total = 0
    for mentee in range(len(problem.mentee_ids)):
        own = range(int(problem.starts[mentee]), int(problem.starts[mentee + 1]))
        own = [pair for pair in own if objective.usable[pair]]
        most = min(len(own), int(problem.wants_left[mentee]))
        total += max(
            _worth(problem, objective, prices, mentee, some)
            for size in range(most + 1)
            for some in combinations(own, size)
        )
    return total


def _worth(problem, objective, prices, mentee, pairs):
    gains = sum(int(objective.weights[one]) - prices[problem.mentors[one]] for one in pairs)
    counted = problem.waiting[mentee] and any(objective.counts[one] for one in pairs)
    return gains + (objective.cover if counted else 0)


def _seats(problem, objective, prices):
    total = 0
    for mentor, price in enumerate(prices):
        left, least = int(problem.seats_left[mentor]), int(problem.at_least_left[mentor])
        bonus = objective.used if left == problem.seats[mentor] else 0
        total += max(
            price * fill + (bonus if fill else 0) for fill in {least, min(least + 1, left), left}
        )
    return total
