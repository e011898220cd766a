"""The welcome goes out in portions, when the office is ready for the answers."""

from datetime import datetime

from django.db import transaction

from mentorwell.accounts.models import User
from mentorwell.office import rules
from mentorwell.office.queries.welcomes import waiting_for_welcome
from mentorwell.people import services as people
from mentorwell.people.enums import Part
from mentorwell.programmes.models import Programme


@transaction.atomic
def send_welcomes(
    *, programme: Programme, part: Part | None, most: int, by: User, now: datetime
) -> int:
    """Welcome the next in line, at most so many, of one part or of all; return how many.

    Each is welcomed once, however often this is asked for, and audited by what it calls.
    Raises NotAllowed for anyone but the office, NotPossibleNow before the programme is open:
    who follows the mail must find a help page and somebody neutral to ask.
    """
    rules.check_can_welcome(by, programme)
    return people.welcome_participations(
        participations=waiting_for_welcome(programme, part)[:most], by=by, now=now
    )
