"""Agreements in words."""

from dataclasses import dataclass
from typing import NamedTuple

from django.utils.formats import date_format

from mentorwell.core.lifecycles import AgreementState
from mentorwell.mentorships.content import Choice, Clause, Option, agreement_choices
from mentorwell.mentorships.models import Agreement, OwnAnswers
from mentorwell.mentorships.queries import clauses_of, extra_of
from mentorwell.people.enums import Part
from mentorwell.programmes.enums import Rhythm
from mentorwell.web.mentorships.pairs import Pair, first_name
from mentorwell.web.mentorships.words import RHYTHMS


class Fact(NamedTuple):
    """One line of an agreement; the chief ones are shown in the room."""

    label: str
    text: str
    chief: bool = False


class Change(NamedTuple):
    """What a new version says otherwise; an empty text was, or is, not there."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class ShownAgreement:
    """One version as the pages show it: names of choices instead of their slugs."""

    agreement: Agreement
    purpose: str
    agenda_by: str
    proposed_by: str
    mine: bool
    facts: tuple[Fact, ...]

    @property
    def holds(self) -> bool:
        return self.agreement.state == AgreementState.AGREED

    @property
    def waits(self) -> bool:
        return self.agreement.state == AgreementState.PROPOSED

    @property
    def chief(self) -> list[Fact]:
        """What the room shows of it."""
        return [fact for fact in self.facts if fact.chief]

    def changes_from(self, older: "ShownAgreement") -> list[Change]:
        """Return what this version says otherwise than an older one, in the order of reading."""
        before = {fact.label: fact.text for fact in older.facts}
        after = {fact.label: fact.text for fact in self.facts}
        return [
            Change(label, before.get(label, ""), after.get(label, ""))
            for label in dict.fromkeys([*after, *before])
            if before.get(label, "") != after.get(label, "")
        ]


def shown(agreement: Agreement, pair: Pair) -> ShownAgreement:
    """Return an agreement in words."""
    offered = agreement_choices()
    mine = agreement.proposed_by_id == pair.me.pk
    agenda_by = _who(agreement.agenda_by, offered.agenda, pair)
    told = clauses_of(agreement)
    relationship = _name(agreement.relationship, offered.relationship)
    like = _name(agreement.meetings_like, offered.meetings)
    facts = (
        Fact("For", agreement.purpose, chief=True),
        Fact("Kind", _with_words(relationship, agreement.relationship_words), chief=True),
        Fact("Meetings", _with_words(like, agreement.meetings_words), chief=True),
        *_rhythm_facts(told),
        Fact("Agenda", _with_words(agenda_by, agreement.agenda_words), chief=True),
        Fact("Dates", _who(agreement.schedules_by, offered.scheduling, pair), chief=True),
        *(
            Fact(clause.title, _clause(clause, told[clause.slug], pair))
            for clause in offered.clause
            if clause.slug in told
        ),
        *(Fact(question, answer) for question, answer in extra_of(agreement)),
        Fact("Looking again", date_format(agreement.review_date, "j F Y"), chief=True),
    )
    return ShownAgreement(
        agreement=agreement,
        purpose=agreement.purpose,
        agenda_by=agenda_by,
        proposed_by="You" if mine else first_name(agreement.proposed_by),
        mine=mine,
        facts=facts,
    )


def _rhythm_facts(told: dict[str, str]) -> list[Fact]:
    if "rhythm" not in told:
        return []
    minutes = f", {told['minutes']} minutes" if "minutes" in told else ""
    return [Fact("How often", f"{RHYTHMS[Rhythm(told['rhythm'])]}{minutes}", chief=True)]


def _with_words(name: str, words: str) -> str:
    return f"{name}. {words}" if words else name


def _clause(clause: Clause, told: str, pair: Pair) -> str:
    if told in (Part.MENTEE, Part.MENTOR) and clause.options:
        return _who(told, clause.options, pair)
    return _name(told, clause.options)


def _name(slug: str, offered: tuple[Choice | Option, ...]) -> str:
    # A choice that a later release no longer offers is shown by its slug.
    return next((choice.name for choice in offered if choice.slug == slug), slug)


def _who(slug: str, offered: tuple[Choice | Option, ...], pair: Pair) -> str:
    """Return who does it, by name where the choice is one side and there is one such person."""
    if slug not in (Part.MENTEE, Part.MENTOR):
        return _name(slug, offered)
    names = [
        first_name(each)
        for each in [pair.me, *pair.others]
        if (each.part == Part.MENTEE) == (slug == Part.MENTEE)
    ]
    name = _name(slug, offered)
    _, comma, rest = name.partition(",")
    return f"{names[0]}{comma}{rest}" if len(names) == 1 else name


class Said(NamedTuple):
    """What one member answered to one question."""

    who: str
    slug: str
    name: str
    words: str


@dataclass(frozen=True)
class Question:
    """One of the first three questions with everybody's answers."""

    field: str
    words_field: str
    title: str
    talk: str
    answers: list[Said]

    @property
    def agreed(self) -> bool:
        """Whether all gave the same answer and added nothing to it."""
        return len(self.slugs) == 1 and not any(each.words for each in self.answers)

    @property
    def slugs(self) -> list[str]:
        """The different answers, in the order in which the members stand."""
        return list(dict.fromkeys(each.slug for each in self.answers))


QUESTIONS = (
    ("relationship", "relationship_words", "What kind of relationship is it?", "relationship"),
    ("meetings_like", "meetings_words", "What are your meetings like?", "meetings"),
    ("agenda_by", "agenda_words", "Who brings the agenda?", "agenda"),
)


def side_by_side(answers: list[OwnAnswers], pair: Pair) -> list[Question]:
    """Return the three questions with the answers that the member may read, differences first."""
    offered = agreement_choices()
    found = [
        Question(
            field=field,
            words_field=words_field,
            title=title,
            talk=getattr(offered.talk, about),
            answers=[
                Said(
                    who="You" if each.membership_id == pair.me.pk else first_name(each.membership),
                    slug=getattr(each, field),
                    name=_who(getattr(each, field), getattr(offered, about), pair),
                    words=getattr(each, words_field),
                )
                for each in answers
            ],
        )
        for field, words_field, title, about in QUESTIONS
    ]
    return sorted(found, key=lambda question: question.agreed)
