"""How a mentorship begins: members, places and the pair, all or nothing."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from mentorwell.accounts.models import User
from mentorwell.audit import services as audit
from mentorwell.foundation.errors import NotPossibleNow
from mentorwell.mentorships import rules
from mentorwell.mentorships.content import Format
from mentorwell.mentorships.models import Membership, Mentorship
from mentorwell.mentorships.services.places import claim_places
from mentorwell.people import services as people
from mentorwell.people.enums import Part
from mentorwell.people.models import Participation, Place
from mentorwell.programmes.enums import Kind
from mentorwell.programmes.models import Programme
from mentorwell.programmes.queries import today


@transaction.atomic
def begin_mentorship(
    *,
    programme: Programme,
    format: str,  # noqa: A002 -- the field's term
    members: Sequence[tuple[Participation, Part]],
    kinds: Collection[Kind],
    by: User,
    now: datetime,
    places: Mapping[int, Place] | None = None,
    role_names: Mapping[int, str] | None = None,
) -> Mentorship:
    """Begin a mentorship of these members, each claiming the places that the format says.

    `places` names, by participation, a place to try first; `role_names` the part that a mentor
    of a panel takes. Both are keyed by the participation's primary key. Every participation
    becomes active.

    Refuses somebody who is not a member (NotAllowed), members that do not fit the format or
    the programme, a member who is paused or not ready, a pair that has an open one-to-one
    already, two members who may not be paired, and a member without a free place
    (NotPossibleNow). Of many calls for one place,
    at once, exactly one succeeds.
    """
    form = rules.known_format(format)
    rules.check_can_begin(by, programme, form, members, kinds)
    rules.check_no_bars(
        [participation for participation, _ in members], on_date=today(programme, now)
    )
    # Always in the same order, so that two calls for the same people never wait for each other.
    ordered = sorted(members, key=lambda member: member[0].pk)
    for participation, _ in ordered:
        people.begin_pairing(participation=participation, by=by, now=now)
    mentorship = _create(programme, form, ordered, kinds, now)
    for participation, part in ordered:
        membership = Membership.objects.create(
            mentorship=mentorship,
            participation=participation,
            part=part,
            role_name=(role_names or {}).get(participation.pk, ""),
            joined_at=now,
        )
        claim_places(
            membership=membership,
            count=form.rules_for(part).places,
            first=(places or {}).get(participation.pk),
            now=now,
        )
    audit.record(verb="mentorships.mentorship.begin", target=mentorship, by=by, now=now)
    return mentorship


def _create(
    programme: Programme,
    form: Format,
    members: Sequence[tuple[Participation, Part]],
    kinds: Collection[Kind],
    now: datetime,
) -> Mentorship:
    people = sorted(participation.person_id for participation, _ in members)
    try:
        with transaction.atomic():
            return Mentorship.objects.create(
                programme=programme,
                format=form.slug,
                kinds=sorted(kinds),
                pair_key=":".join(map(str, people)) if form.pair_unique else "",
                began_at=now,
                silent_since=now,
            )
    except IntegrityError:
        raise NotPossibleNow("The two of you have an open mentorship here already.") from None
