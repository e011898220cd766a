"""Which questions fit a conversation."""

from mentorwell.core.threes import in_an_order, threes_for
from mentorwell.learning.content import Question, Stage, Step, questions


SETS = 4
"""Sets of three at each step of one conversation: one shown, the others asked for."""
EARLY_TALKS = 4  # after the first, up to and with this many, two people get to know each other
DEPTH = {Stage.FIRST: 1, Stage.BUILDING: 2, Stage.UNDER_WAY: 3, Stage.ENDING: 3}


def stage_of(talk: int) -> Stage:
    """Return how far two people have come at their talk with this number, counted from 0."""
    if talk == 0:
        return Stage.FIRST
    return Stage.BUILDING if talk <= EARLY_TALKS else Stage.UNDER_WAY


def fitting(step: Step, stage: Stage, topic: str, *, seed: str) -> list[str]:
    """Return the slugs of the questions that fit, those on the topic first, in an order of the seed's.

    No question is deeper than the stage allows; a topic that is unknown has no questions of its
    own.
    """
    fit = [
        each
        for each in questions()
        if each.step == step
        and each.depth <= DEPTH[stage]
        and (not each.stages or stage in each.stages)
        and (not each.topics or topic in each.topics)
    ]
    own = in_an_order([each.slug for each in fit if each.topics], seed=seed)
    others = in_an_order([each.slug for each in fit if not each.topics], seed=seed)
    return [*own, *others]


def questions_for(
    step: Step, *, talk: int, topic: str, seed: str, ending: bool = False
) -> list[list[Question]]:
    """Return `SETS` times three questions for one step of a pair's talk, counted from 0.

    The same talk gets the same questions however often it is asked, and no two talks of a pair
    the same three, while enough questions fit and their topic stays. `seed` stands for the pair.
    With `ending` the talk is one of their last.
    """
    by_slug = {each.slug: each for each in questions()}

    def fit(number: int) -> list[str]:
        stage = Stage.ENDING if ending and number == talk else stage_of(number)
        return fitting(step, stage, topic, seed=seed)

    return [[by_slug[slug] for slug in three] for three in threes_for(talk, fitting=fit, each=SETS)]
