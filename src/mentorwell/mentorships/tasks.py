"""What mentorships do when other apps announce something."""

from mentorwell.foundation.hooks import EvaluationLinked, ParticipationHalted, ParticipationLeaving
from mentorwell.mentorships import services
from mentorwell.people.models import EvaluationLink, Participation


def on_evaluation_linked(event: EvaluationLinked) -> None:
    """Ask the pairs that the link touches."""
    link = EvaluationLink.objects.get(uid=event.link_uid)
    services.ask_about_link(link=link, now=event.now)


def on_participation_leaving(event: ParticipationLeaving) -> None:
    """Take the turns of what somebody who leaves is a member of."""
    participation = Participation.objects.select_related("person").get(pk=event.participation_id)
    services.take_turns_of(participation=participation)


def on_participation_halted(event: ParticipationHalted) -> None:
    """End what somebody who has left is a member of."""
    participation = Participation.objects.select_related("person").get(pk=event.participation_id)
    services.end_for_who_left(participation=participation, now=event.now)
