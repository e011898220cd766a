"""Why each mentee without a mentor has none, with what was seen to help."""

from mentorwell.core.pairing import Solved
from mentorwell.core.pairing.explain import Without, lift, unmatched
from mentorwell.ops.match.inputs import Market
from mentorwell.ops.match.words import lifted_words, without_words


SMALL = 400_000  # eligible pairs up to which remedies are sought: each is solved for
REMEDIES = 50  # mentees for whom a remedy is sought


def reasons(market: Market, solved: Solved) -> dict[int, str]:
    """Return the sentence for each mentee without a mentor, by place, in order.

    For the first of them, in markets small enough to be solved again and again, it names the
    place or the rule that would help, as solving again has shown.
    """
    problem, result = solved.problem, solved.result
    most = REMEDIES if len(problem.fits) <= SMALL else 0
    found = {}
    for one in unmatched(problem, result, most_remedies=most):
        found[one.mentee] = without_words(one, problem.mentor_ids)
        if one.reason is Without.NOBODY_ELIGIBLE and most > 0 and _has_rules(market):
            most -= 1
            found[one.mentee] += _lifting(market, solved, one.mentee)
    return found


def _has_rules(market: Market) -> bool:
    return market.roster is not None and market.rankings == (None, None)


def _lifting(market: Market, solved: Solved, mentee: int) -> str:
    assert market.roster is not None  # noqa: S101 -- asked before
    scorer = market.roster.rule_scorer
    without = {
        number: scorer.without_rule(mentee, number) for number in range(len(scorer.hard_rules))
    }
    found = lift(solved.problem, solved.result, mentee, without)
    return f" {lifted_words(found, scorer.hard_rules)}" if found else ""
