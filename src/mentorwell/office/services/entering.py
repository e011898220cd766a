"""One person at a time: brought in by hand, or entered as a mentor after a phone call."""

from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from mentorwell.accounts import services as accounts
from mentorwell.accounts.models import User
from mentorwell.accounts.services import NewAccount
from mentorwell.people import rules as people_rules
from mentorwell.people import services as people
from mentorwell.people.enums import Part
from mentorwell.people.models import Participation
from mentorwell.people.services import Newcomer
from mentorwell.programmes.models import Programme, Site, Unit


@transaction.atomic
def add_person(
    *,
    programme: Programme,
    email: str,
    name: str,
    part: Part,
    by: User,
    now: datetime,
    site: Site | None = None,
    unit: Unit | None = None,
    stage: str = "",
    cohort: str = "",
    start_date: date | None = None,
) -> Participation:
    """Bring one person into a programme, with an account of their own if they had none.

    Nobody is mailed and nobody is ready by it; an account that is there keeps its name.
    Raises NotAllowed for anyone but the office, NotPossibleNow where the programme has ended
    or the person has this part already.
    """
    people_rules.check_can_bring_in(by, programme)
    zone = (site or programme.organisation).time_zone
    person = _account(programme, NewAccount(email, name, time_zone=zone), by=by, now=now)
    newcomer = Newcomer(
        person=person,
        part=part,
        site=site,
        unit=unit,
        stage=stage,
        cohort=cohort,
        start_date=start_date,
    )
    return people.bring_in(programme=programme, newcomer=newcomer, by=by, now=now)


@transaction.atomic
def enter_mentor(
    *,
    programme: Programme,
    email: str,
    name: str,
    topic: str,
    places: int,
    by: User,
    now: datetime,
) -> Participation:
    """Enter what somebody said on the phone: yes, one topic, so many places.

    They get an account and a part if they had none, and a mail with one button; before they
    press it no mentee sees them. Raises NotAllowed for anyone but the office, NotPossibleNow
    for an unknown topic, for no place, and for somebody who is a mentor already or has left.
    """
    people_rules.check_can_bring_in(by, programme)
    zone = programme.organisation.time_zone
    person = _account(programme, NewAccount(email, name, time_zone=zone), by=by, now=now)
    newcomer = Newcomer(person=person, part=Part.MENTOR, places=places)
    people.bring_in_many(programme=programme, newcomers=[newcomer], by=by, now=now)
    return people.enter_mentor_for(
        programme=programme, person=person, topic=topic, places=places, by=by, now=now
    )


def _account(programme: Programme, account: NewAccount, *, by: User, now: datetime) -> User:
    """Return the account of this address, made now if there was none."""
    spoken = replace(account, language=programme.organisation.language)
    made = accounts.create_accounts(accounts=[spoken], by=by, now=now)
    return made[account.email.strip().lower()]
