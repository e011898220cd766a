"""Evaluation links: entering, ending, checking them, and lifting one for a pair."""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Q

from mentorwell.accounts.models import User
from mentorwell.audit import services as audit
from mentorwell.foundation import hooks
from mentorwell.foundation.clock import day_in
from mentorwell.foundation.errors import NotPossibleNow
from mentorwell.people import queries, rules
from mentorwell.people.enums import LinkKind, Relation
from mentorwell.people.models import (
    EvaluationLink,
    LinkCheck,
    LinkOverride,
    Participation,
    Profile,
)
from mentorwell.people.services.moving import pool_changed
from mentorwell.programmes.models import Organisation, Programme, Unit
from mentorwell.programmes.queries import today
from mentorwell.programmes.roles import Role


Evaluator = User | Unit | Role
Evaluated = User | Unit | Programme


@transaction.atomic
def add_evaluation_link(
    *,
    programme: Programme,
    kind: LinkKind,
    relation: Relation,
    evaluator: Evaluator,
    evaluated: Evaluated,
    start_date: date,
    end_date: date | None,
    by: User | None,
    now: datetime,
) -> EvaluationLink:
    """Enter that one person, unit or office role evaluates a person, a unit or a programme.

    It holds in every programme of the organisation, from the first day to the last. Pairs and
    invitations that it touches are asked about at once, or on its first day. `by` is None on
    the command line. Raises NotAllowed for anyone but the office; NotPossibleNow for a unit
    or programme elsewhere, days in the wrong order, one person on both sides, and a link that
    is there already.
    """
    rules.check_can_link(by, programme)
    sides = {
        **_side("evaluator", evaluator),
        **_side("evaluated", evaluated),
        "organisation": programme.organisation,
        "kind": kind,
        "relation": relation,
    }
    rules.check_sides(evaluator, evaluated, programme=programme)
    if end_date is not None and end_date < start_date:
        raise NotPossibleNow("The last day cannot be before the first.")
    running = Q(end_date__isnull=True) | Q(end_date__gte=start_date)
    if EvaluationLink.objects.filter(running, **sides).exists():
        raise NotPossibleNow("This link is known already.")
    link = EvaluationLink.objects.create(
        **sides, start_date=start_date, end_date=end_date, checked_date=today(programme, now)
    )
    audit.record(verb="people.link.add", target=link, by=by, now=now)
    if start_date <= link.checked_date:
        _announce(link, by, now)
    return link


def _side(side: str, who: Evaluator | Evaluated) -> dict[str, object]:
    """Return the fields of one side of a link."""
    if isinstance(who, Role):
        return {f"{side}_role": who}
    return {f"{side}_{'person' if isinstance(who, User) else type(who).__name__.lower()}": who}


@transaction.atomic
def end_evaluation_link(
    *, link: EvaluationLink, programme: Programme, end_date: date, by: User, now: datetime
) -> None:
    """Set the last day of a link. Pairs that it barred are free from the next day on.

    Raises NotAllowed for anyone but the office of a programme of the link's organisation, and
    for somebody whom the link reaches; NotPossibleNow for a day before the link's first.
    """
    rules.check_can_end_link(by, programme, link, on_date=today(programme, now))
    rules.check_same_organisation(programme, link.organisation_id)
    if end_date < link.start_date:
        raise NotPossibleNow("The last day cannot be before the first.")
    EvaluationLink.objects.filter(pk=link.pk).update(
        end_date=end_date, checked_date=today(programme, now)
    )
    audit.record(verb="people.link.end", target=link, by=by, now=now)


@transaction.atomic
def note_links_checked(*, programme: Programme, by: User, now: datetime) -> None:
    """Note that the office has gone over all evaluation links of a programme today.

    Cards then say "No evaluation link known, checked on" this day. Raises NotAllowed for
    anyone but the office.
    """
    rules.check_can_link(by, programme)
    check, _ = LinkCheck.objects.get_or_create(
        programme=programme, checked_date=today(programme, now), defaults={"checked_by": by}
    )
    audit.record(verb="people.links.check", target=check, by=by, now=now)


@transaction.atomic
def announce_links_due(*, now: datetime) -> None:
    """Announce the links whose first day has come; the clockwork's duty."""
    everywhere = Organisation.objects.all()
    _announce_all(Q(announced_at=None), within=everywhere, by=None, now=now)


@transaction.atomic
def place_in_unit(
    *, person: User, unit: Unit | None, programme: Programme, by: User, now: datetime
) -> None:
    """Say which unit a person belongs to; the links of that unit reach them from now on.

    The office says it and not the person, because it decides who evaluates whom. Raises
    NotAllowed for anyone but the office, and for oneself; NotPossibleNow for a unit elsewhere
    or somebody who is not in the programme.
    """
    rules.check_can_place(by, person, programme)
    if not Participation.objects.filter(programme=programme, person=person).exists():
        raise NotPossibleNow("This person is not in the programme.")
    if unit is not None:
        rules.check_same_organisation(programme, unit.site.organisation_id)
    Profile.objects.filter(person=person).update(unit=unit)
    pool_changed(people=[person.pk])
    profile = Profile.objects.get(person=person)
    audit.record(verb="people.unit.set", target=profile, by=by, now=now)
    if unit is not None:
        announce_units(units=[unit.pk], by=by, now=now)


def announce_units(*, units: Collection[int | None], by: User | None, now: datetime) -> None:
    """Announce the links of these units again, because they have come to reach more people."""
    of_units = Q(evaluator_unit__in=units) | Q(evaluated_unit__in=units)
    theirs = Organisation.objects.filter(sites__units__in=units).distinct()
    _announce_all(of_units, within=theirs, by=by, now=now)


def announce_role(*, role: Role, programme_id: int, by: User, now: datetime) -> None:
    """Announce the links of an office role again, because somebody new holds it."""
    theirs = Organisation.objects.filter(programmes=programme_id)
    _announce_all(Q(evaluator_role=role), within=theirs, by=by, now=now)


def announce_joined(*, programme: Programme, by: User | None, now: datetime) -> None:
    """Announce the links of a whole programme and of office roles again: somebody has joined.

    Whoever holds a role in the programme evaluates the newcomer by the link of that role.
    """
    more = Q(evaluator_role__isnull=False) | Q(evaluated_programme=programme)
    _announce_all(more, within=[programme.organisation], by=by, now=now)


def _announce_all(
    chosen: Q, *, within: Iterable[Organisation], by: User | None, now: datetime
) -> None:
    """Announce the chosen links of these organisations that hold on the day it is there."""
    for organisation in within:
        day = day_in(organisation.time_zone, now)
        for link in queries.links_on(day).filter(chosen, organisation=organisation):
            _announce(link, by, now)


def _announce(link: EvaluationLink, by: User | None, now: datetime) -> None:
    EvaluationLink.objects.filter(pk=link.pk).update(announced_at=now)
    link.announced_at = now
    hooks.evaluation_linked.announce(hooks.EvaluationLinked(link.uid, by, now))


@transaction.atomic
def ask_override(
    *,
    link: EvaluationLink,
    mentee: Participation,
    mentor: Participation,
    by: User,
    now: datetime,
) -> LinkOverride:
    """Ask that a *never* link be lifted for one pair; it holds once a second person approves.

    Raises NotAllowed for anyone but the office, NotPossibleNow where the link does not stand
    between the two, is of the other kind, or was asked about already.
    """
    rules.check_can_link(by, mentee.programme)
    between = queries.known_links(mentee.person_id, on_date=today(mentee.programme, now))
    never = {one.id for one in between.get(mentor.person_id, ()) if one.kind is LinkKind.NEVER}
    if link.pk not in never or mentee.programme_id != mentor.programme_id:
        raise NotPossibleNow("This link does not stand between these two.")
    try:
        with transaction.atomic():
            override = LinkOverride.objects.create(
                link=link, mentee=mentee, mentor=mentor, asked_by=by, asked_at=now
            )
    except IntegrityError:
        raise NotPossibleNow("This has been asked for already.") from None
    audit.record(verb="people.override.ask", target=override, by=by, now=now)
    return override


@transaction.atomic
def approve_override(*, override: LinkOverride, by: User, now: datetime) -> None:
    """Lift the link for this pair; both are still shown it and must acknowledge it.

    Raises NotAllowed for the asker, for either of the pair, for who evaluates one of them and
    for anyone outside the office; NotPossibleNow where it was approved already.
    """
    rules.check_can_approve(by, override, on_date=today(override.mentee.programme, now))
    approved = LinkOverride.objects.filter(pk=override.pk, approved_at=None).update(
        approved_by=by, approved_at=now
    )
    if not approved:
        raise NotPossibleNow("This has been approved already.")
    audit.record(verb="people.override.approve", target=override, by=by, now=now)
