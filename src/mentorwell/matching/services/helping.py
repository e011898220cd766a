"""The button “find someone with me”: a named coordinator looks together with a mentee."""

from datetime import datetime
from functools import partial

from django.db import transaction

from mentorwell.accounts.models import User
from mentorwell.audit import services as audit
from mentorwell.core.schedule import add_working_days
from mentorwell.foundation.clockwork import in_turn
from mentorwell.foundation.errors import NotAllowed, NotPossibleNow
from mentorwell.matching import emails, queries, rules
from mentorwell.matching.models import HelpRequest
from mentorwell.matching.services import holding
from mentorwell.notices import services as notices
from mentorwell.notices.enums import Urgency
from mentorwell.people.models import Participation
from mentorwell.programmes.queries import today


REPLY_DAYS = 3  # working days


@transaction.atomic
def ask_for_help(*, mentee: Participation, by: User, now: datetime) -> HelpRequest:
    """Ask the office to look along; the coordinator with the fewest open requests is named.

    They see a name and a date, nothing that was written, and reply within three working
    days. Refuses anybody but the mentee (NotAllowed); raises NotPossibleNow before two
    silences or fourteen days of looking, while somebody helps already, and where the office
    has nobody who does not also evaluate the mentee.
    """
    # Two presses at once make one request: the second looks when the first is done.
    holding.lock(participations=[mentee.pk])
    rules.check_can_ask_for_help(by, mentee, now=now)
    on_date = today(mentee.programme, now)
    coordinator = queries.least_loaded_coordinator(mentee, on_date=on_date)
    if coordinator is None:
        raise NotPossibleNow("Your programme has nobody in its office just now who could do this.")
    request = HelpRequest.objects.create(
        mentee=mentee,
        coordinator=coordinator,
        asked_at=now,
        due_date=add_working_days(on_date, REPLY_DAYS),
    )
    audit.record(verb="matching.help.ask", target=request, by=by, now=now)
    _tell(request, coordinator, now)
    return request


def pass_help_on(*, now: datetime) -> int:
    """Pass on what nobody will answer any more; return how many requests.

    That is where the named person has left the office, may not look with this mentee any more,
    or has let the day of the reply go by: then the next with the fewest open requests is named,
    with three working days of their own. Where there is nobody else, it stays with who can
    still answer, and they are reminded. A duty of the clockwork.
    """
    return in_turn(partial(_pass_on, request, now) for request in queries.open_requests())


@transaction.atomic
def _pass_on(request: HelpRequest, now: datetime) -> bool:
    mentee, current = request.mentee, request.coordinator
    on_date = today(mentee.programme, now)
    may_still = queries.may_look_along(current, mentee, on_date=on_date)
    if may_still and request.due_date >= on_date:
        return False
    following = queries.least_loaded_coordinator(mentee, on_date=on_date, but=current)
    following = following or (current if may_still else None)
    waiting = HelpRequest.objects.filter(
        pk=request.pk, coordinator=current, answered_at=None, withdrawn_at=None
    )
    if following is None or not waiting.update(
        coordinator=following, due_date=add_working_days(on_date, REPLY_DAYS)
    ):
        return False  # nobody is there, or an answer came meanwhile
    audit.record(verb="matching.help.pass_on", target=request, by=None, now=now)
    _tell(request, following, now)
    return True


def _tell(request: HelpRequest, coordinator: User, now: datetime) -> None:
    notices.tell(
        person=coordinator,
        kind=emails.HELP_ASKED,
        ids={"help": str(request.uid)},
        now=now,
        # A reply is due before the week's digest would come.
        urgency=Urgency.AT_ONCE,
        key=f"{emails.HELP_ASKED}:{request.uid}:{coordinator.uid}:{now.isoformat()}",
    )


@transaction.atomic
def answer_help(*, request: HelpRequest, by: User, now: datetime) -> None:
    """Note that the coordinator has been in touch with the mentee.

    Refuses anybody but the named coordinator (NotAllowed) and a request that is closed
    (NotPossibleNow).
    """
    if request.coordinator_id != by.pk:
        raise NotAllowed("Only the coordinator who was named can do this.")
    open_one = HelpRequest.objects.filter(pk=request.pk, answered_at=None, withdrawn_at=None)
    if not open_one.update(answered_at=now):
        raise NotPossibleNow("This request is closed already.")
    audit.record(verb="matching.help.answer", target=request, by=by, now=now)
