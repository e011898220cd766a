"""Who is known to evaluate whom on a day: the one reading of the evaluation links.

Everything that asks whether two people may be paired, be it a list, a page by its address, an
invitation, an answer or a round, reads the links here and so gets the same answer.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from mentorwell.accounts.models import User
from mentorwell.core.lifecycles import ParticipationState
from mentorwell.people.enums import LinkKind, Relation
from mentorwell.people.models import EvaluationLink, Participation, Profile
from mentorwell.programmes.queries import roles_held


@dataclass(frozen=True)
class KnownLink:
    """What is known between one person and another; `other_evaluates` says in which direction."""

    id: int
    uid: UUID
    kind: LinkKind
    relation: Relation
    checked_date: date
    other_evaluates: bool


def links_on(on_date: date) -> QuerySet[EvaluationLink]:
    """Return the links that hold on a day; the first and the last day of a link count."""
    return EvaluationLink.objects.filter(
        Q(end_date__isnull=True) | Q(end_date__gte=on_date), start_date__lte=on_date
    )


def belongs_to(person: User, organisation_id: int) -> bool:
    """Answer whether somebody takes part in an organisation, or is in an office there."""
    there = Profile.objects.filter(person=person, organisation_id=organisation_id)
    office = roles_held().filter(person=person, programme__organisation_id=organisation_id)
    return there.exists() or office.exists()


def taking_part() -> QuerySet[Participation]:
    """Return the participations of everyone who has not left."""
    return Participation.objects.exclude(state=ParticipationState.LEFT)


def known_links(person_id: int, *, on_date: date) -> Mapping[int, tuple[KnownLink, ...]]:
    """Return what is known between a person and others, by the other's id.

    A link of a unit covers everyone whose profile names that unit. A link of an office role
    covers whoever now holds that role in a programme of the link's organisation in which the
    evaluated person takes part. The number of queries is the same however many
    links there are.
    """
    around = _Around(person_id, on_date)
    found: dict[int, list[KnownLink]] = defaultdict(list)
    for link in around.links:
        for other in around.evaluators_by(link):
            found[other].append(_known(link, other_evaluates=True))
        for other in around.evaluated_by(link):
            found[other].append(_known(link, other_evaluates=False))
    return {other: tuple(links) for other, links in found.items() if other != person_id}


def people_evaluated_by(person_id: int, *, on_date: date) -> frozenset[int]:
    """Return whom a person is known to evaluate: of these the office shows them no rows."""
    return frozenset(
        other
        for other, links in known_links(person_id, on_date=on_date).items()
        if any(not link.other_evaluates for link in links)
    )


def evaluators_of(link: EvaluationLink) -> set[int]:
    """Return who may stand on the evaluating side; `known_links` then says whom they reach."""
    if link.evaluator_person_id is not None:
        return {link.evaluator_person_id}
    if link.evaluator_unit_id is not None:
        unit = Profile.objects.filter(unit=link.evaluator_unit_id)
        return set(unit.values_list("person_id", flat=True))
    holders = roles_held().filter(role=link.evaluator_role)
    return set(holders.values_list("person_id", flat=True))


def _known(link: EvaluationLink, *, other_evaluates: bool) -> KnownLink:
    return KnownLink(
        id=link.pk,
        uid=link.uid,
        kind=LinkKind(link.kind),
        relation=Relation(link.relation),
        checked_date=link.checked_date,
        other_evaluates=other_evaluates,
    )


class _Around:
    """One person on one day: the links that touch them and whom these may reach."""

    def __init__(self, person_id: int, on_date: date) -> None:
        self.person_id = person_id
        self.units = _units_of(person_id)
        # A role counts only inside the link's organisation, so programmes are kept by it.
        self.in_programmes = _sets(
            taking_part()
            .filter(person_id=person_id)
            .values_list("programme__organisation_id", "programme_id")
        )
        self.runs: dict[tuple[int, str], set[int]] = defaultdict(set)
        for organisation_id, role, programme_id in (
            roles_held()
            .filter(person_id=person_id)
            .values_list("programme__organisation_id", "role", "programme_id")
        ):
            self.runs[organisation_id, role].add(programme_id)
        self.links = list(links_on(on_date).filter(self._on_either_side()))
        self.members = self._members()
        self.holders = self._holders()
        self.participants = self._participants()

    def evaluators_by(self, link: EvaluationLink) -> Collection[int]:
        """Return who evaluates this person by the link."""
        mine = self.in_programmes[link.organisation_id]
        if not (
            link.evaluated_person_id == self.person_id
            or link.evaluated_unit_id in self.units
            or link.evaluated_programme_id in mine
        ):
            return ()
        if link.evaluator_person_id is not None:
            return (link.evaluator_person_id,)
        if link.evaluator_unit_id is not None:
            return self.members[link.evaluator_unit_id]
        named = link.evaluated_programme_id
        programmes = mine if named is None else {named}
        return {one for pk in programmes for one in self.holders[str(link.evaluator_role), pk]}

    def evaluated_by(self, link: EvaluationLink) -> Collection[int]:
        """Return whom this person evaluates by the link."""
        if link.evaluator_role is not None:
            run = self.runs[link.organisation_id, link.evaluator_role]
            reached = {one for pk in run for one in self.participants[pk]}
            return self._named(link, run) & reached
        return self._named(link, {link.evaluated_programme_id}) if self._evaluates(link) else ()

    def _evaluates(self, link: EvaluationLink) -> bool:
        """Whether the link names this person, or their unit, as the evaluator."""
        return link.evaluator_person_id == self.person_id or link.evaluator_unit_id in self.units

    def _named(self, link: EvaluationLink, programmes: Collection[int | None]) -> set[int]:
        """Return whom the link's evaluated side names; a programme only if it is among these."""
        if link.evaluated_person_id is not None:
            return {link.evaluated_person_id}
        if link.evaluated_unit_id is not None:
            return self.members[link.evaluated_unit_id]
        programme = link.evaluated_programme_id
        return self.participants[programme] if programme and programme in programmes else set()

    def _on_either_side(self) -> Q:
        return (
            Q(evaluated_person_id=self.person_id)
            | Q(evaluated_unit_id__in=self.units)
            | Q(evaluated_programme_id__in=_all_of(self.in_programmes.values()))
            | Q(evaluator_person_id=self.person_id)
            | Q(evaluator_unit_id__in=self.units)
            | Q(evaluator_role__in={role for _, role in self.runs})
        )

    def _members(self) -> dict[int, set[int]]:
        """Return who belongs to each unit that a link names."""
        units = _told(link.evaluator_unit_id for link in self.links)
        units |= _told(link.evaluated_unit_id for link in self.links)
        members: dict[int, set[int]] = defaultdict(set)
        for member in Profile.objects.filter(unit_id__in=units):
            members[member.unit_id or 0].add(member.person_id)
        return members

    def _holders(self) -> dict[tuple[str, int], set[int]]:
        """Return who holds each role that a link names, in the person's programmes."""
        rows = roles_held().filter(
            programme_id__in=_all_of(self.in_programmes.values()),
            role__in={link.evaluator_role for link in self.links if link.evaluator_role},
        )
        holders: dict[tuple[str, int], set[int]] = defaultdict(set)
        for role, programme_id, holder in rows.values_list("role", "programme_id", "person_id"):
            holders[role, programme_id].add(holder)
        return holders

    def _participants(self) -> dict[int, set[int]]:
        """Return who takes part in each programme through which this person evaluates."""
        links = [link for link in self.links if self._evaluates(link)]
        programmes = _told(link.evaluated_programme_id for link in links)
        programmes |= _all_of(self.runs.values())
        rows = taking_part().filter(programme_id__in=programmes)
        return _sets(rows.values_list("programme_id", "person_id"))


def _units_of(person_id: int) -> list[int]:
    """Return the person's unit, if it is known."""
    unit = Profile.objects.filter(person_id=person_id).values_list("unit_id", flat=True).first()
    return [] if unit is None else [unit]


def _sets(rows: Iterable[tuple[int, int]]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for key, member in rows:
        found[key].add(member)
    return found


def _all_of(sets: Iterable[set[int]]) -> set[int]:
    return {one for found in sets for one in found}


def _told(ids: Iterable[int | None]) -> set[int]:
    return {one for one in ids if one is not None}
