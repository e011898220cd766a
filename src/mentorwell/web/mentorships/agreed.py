"""Agreements in words."""

from dataclasses import dataclass
from datetime import date

from mentorwell.core.lifecycles import AgreementState
from mentorwell.mentorships.content import Choice, agreement_choices
from mentorwell.mentorships.models import Agreement
from mentorwell.people.enums import Part
from mentorwell.web.mentorships.pairs import Pair, first_name


@dataclass(frozen=True)
class ShownAgreement:
    """One version as the pages show it: names of choices instead of their slugs."""

    agreement: Agreement
    purpose: str
    relationship: str
    meetings_like: str
    agenda_by: str
    schedules_by: str
    review_date: date
    proposed_by: str
    mine: bool

    @property
    def holds(self) -> bool:
        return self.agreement.state == AgreementState.AGREED

    @property
    def waits(self) -> bool:
        return self.agreement.state == AgreementState.PROPOSED


def shown(agreement: Agreement, pair: Pair) -> ShownAgreement:
    """Return an agreement in words."""
    offered = agreement_choices()
    mine = agreement.proposed_by_id == pair.me.pk
    return ShownAgreement(
        agreement=agreement,
        purpose=agreement.purpose,
        relationship=_name(agreement.relationship, offered.relationship),
        meetings_like=_name(agreement.meetings_like, offered.meetings),
        agenda_by=_who(agreement.agenda_by, offered.agenda, pair),
        schedules_by=_who(agreement.schedules_by, offered.scheduling, pair),
        review_date=agreement.review_date,
        proposed_by="You" if mine else first_name(agreement.proposed_by),
        mine=mine,
    )


def _name(slug: str, offered: tuple[Choice, ...]) -> str:
    # A choice that a later release no longer offers is shown by its slug.
    return next((choice.name for choice in offered if choice.slug == slug), slug)


def _who(slug: str, offered: tuple[Choice, ...], pair: Pair) -> str:
    """Return who does it, by name where the choice is one side and there is one such person."""
    if slug not in (Part.MENTEE, Part.MENTOR):
        return _name(slug, offered)
    names = [
        first_name(each)
        for each in [pair.me, *pair.others]
        if (each.part == Part.MENTEE) == (slug == Part.MENTEE)
    ]
    return names[0] if len(names) == 1 else _name(slug, offered)
