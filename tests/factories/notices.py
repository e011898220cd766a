"""Notices told through the service, as every app tells them."""

from itertools import count

from mentorwell.notices.enums import Urgency
from mentorwell.notices.models import Notice
from mentorwell.notices.services import tell
from tests.factories.moments import NOW


_numbers = count(1)


def tell_something(person, *, kind="test.thing.happened", urgency=Urgency.AT_ONCE, **changes):
    """Tell a person something and return the notice."""
    number = next(_numbers)
    given = {"ids": {"thing": number}, "key": f"test:{number}", "now": NOW, **changes}
    tell(person=person, kind=kind, urgency=urgency, **given)
    return Notice.objects.get(key=given["key"])
