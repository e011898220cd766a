"""Why two people are paired and why somebody is not, in words for the office."""

from collections.abc import Callable, Mapping, Sequence

from mentorwell.core.pairing import Reason, ReasonCode
from mentorwell.core.pairing.explain import Lift, Unmatched, Without
from mentorwell.core.pairing.rules import Rule, Same, Share
from mentorwell.core.pairing.rulescores import Compared


_REASONS: Mapping[ReasonCode, Callable[[Reason], str]] = {
    ReasonCode.OFFERS_WHAT_YOU_SEEK: lambda reason: f"offers {_listed(reason.slugs)}",
    ReasonCode.SHARED_INTERESTS: lambda reason: f"both care about {_listed(reason.slugs)}",
    ReasonCode.SAME_SITE: lambda _: "same site",
    ReasonCode.BY_VIDEO: lambda _: "both would meet by video",
    ReasonCode.SHARED_VALUES: lambda reason: f"both value {_listed(reason.slugs)}",
}
WITHOUT: Mapping[Without, str] = {
    Without.NOBODY_ELIGIBLE: "No mentor is eligible.",
    Without.NO_SEATS: "The eligible mentors take nobody.",
    Without.ALL_TAKEN: "Every place that could be freed for them is taken.",
}


def reason_words(reason: Reason) -> str:
    """Return what speaks for a pair, or nothing where the reason does not."""
    words = _REASONS.get(reason.code)
    return words(reason) if words else ""


def rule_words(rule: Rule) -> str:
    """Return a rule's test in words."""
    test = rule.test
    columns = test.columns
    if isinstance(test, Same):
        return f"same {_column(columns.mentee, columns.mentor)}"
    if isinstance(test, Share):
        return f"{_column(columns.mentee, columns.mentor)} in common"
    steps = f"{test.least}" if test.least == test.most else f"{test.least} to {test.most}"
    return f"{columns.mentor} {steps} above"


def without_words(one: Unmatched, mentor_ids: Sequence[str]) -> str:
    """Return why a mentee has nobody, and which place would help."""
    sentence = WITHOUT[one.reason]
    remedy = one.remedy
    if remedy is None:
        return sentence
    place = f"One more place with {mentor_ids[remedy.mentor]}"
    if remedy.helps:
        return f"{sentence} {place} would give them a mentor."
    return f"{sentence} {place} would give somebody else a mentor."


def lifted_words(one: Lift, rules: Sequence[Compared]) -> str:
    """Return which rule keeps a mentee from everybody, and what lifting it would do."""
    rule = rule_words(rules[one.rule].rule)
    mentors = "1 mentor" if one.eligible == 1 else f"{one.eligible:,} mentors"
    sentence = f"Without the rule “{rule}” {mentors} would be eligible for them"
    return (
        f"{sentence}, and they would have one."
        if one.helps
        else f"{sentence}, but no place is free."
    )


def _column(own: str, theirs: str) -> str:
    return own if own == theirs else f"{own} and {theirs}"


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(names[:3])
