"""What matters to a mentee in a mentor."""

from datetime import datetime

from django.db import transaction

from mentorwell.accounts.models import User
from mentorwell.audit import services as audit
from mentorwell.core.pairing import Matters
from mentorwell.core.pairing import WhatMatters as Levels
from mentorwell.foundation.errors import NotAllowed
from mentorwell.matching.models import WhatMatters
from mentorwell.people.enums import Part
from mentorwell.people.models import Participation


@transaction.atomic
def set_what_matters(*, mentee: Participation, levels: Levels, by: User, now: datetime) -> None:
    """Keep how much each of the four parts matters; the mentee's list follows at once.

    Setting what is set already changes and records nothing. Refuses anybody but the mentee
    (NotAllowed); raises ValueError for a level that does not exist.
    """
    if mentee.person_id != by.pk or mentee.part != Part.MENTEE:
        raise NotAllowed("Only the mentee says what matters to them.")
    wanted = {name: Matters(level).value for name, level in levels._asdict().items()}
    if WhatMatters.objects.filter(participation=mentee, **wanted).exists():
        return
    WhatMatters.objects.update_or_create(participation=mentee, defaults=wanted)
    audit.record(verb="matching.matters.set", target=mentee, by=by, now=now)
