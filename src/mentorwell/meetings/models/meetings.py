"""Conversations with a date."""

from django.db import models
from django.db.models import Q

from mentorwell.core.lifecycles import MeetingState
from mentorwell.foundation.constraints import between
from mentorwell.foundation.models import Record, word_field
from mentorwell.foundation.register import FACT, LINK, PLAIN, WORDS
from mentorwell.foundation.sealed import SealedText
from mentorwell.meetings.enums import MeetingKind
from mentorwell.mentorships.models import Membership, Mentorship


class Meeting(Record):
    """One conversation: proposed with times to choose from, then scheduled, then held.

    `sequence` is the iTIP sequence: raised with every change that calendars must learn of.
    """

    mentorship = models.ForeignKey(Mentorship, on_delete=models.PROTECT, related_name="meetings")
    state = word_field(MeetingState, default=MeetingState.PROPOSED)
    kind = word_field(MeetingKind, default=MeetingKind.TALK)
    starts_at = models.DateTimeField(null=True)
    time_zone = models.CharField(max_length=64)  # the zone it was meant in
    minutes = models.PositiveSmallIntegerField()
    where = SealedText(blank=True)  # a room or a link
    sequence = models.PositiveIntegerField(default=0)
    proposed_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)
    minutes_held = models.PositiveSmallIntegerField(null=True)
    logged_at = models.DateTimeField(null=True)
    missed_because = SealedText(blank=True)  # a word of MissedReason, if they like
    agenda_asked_at = models.DateTimeField(null=True)
    held_asked_at = models.DateTimeField(null=True)

    privacy = {
        "mentorship": LINK,
        "state": FACT,
        "kind": FACT,
        "starts_at": FACT,
        "time_zone": FACT,
        "minutes": FACT,
        "where": WORDS,
        "sequence": PLAIN,
        "proposed_by": LINK,
        "proposed_at": FACT,
        "reminded_at": FACT,
        "minutes_held": FACT,
        "logged_at": FACT,
        "missed_because": WORDS,
        "agenda_asked_at": FACT,
        "held_asked_at": FACT,
    }

    class Meta:
        ordering = ["starts_at", "proposed_at"]
        constraints = [
            between("minutes", 5, 480),
            between("minutes_held", 1, 600),
            models.CheckConstraint(
                condition=Q(starts_at__isnull=False)
                | Q(state__in=[MeetingState.PROPOSED, MeetingState.CANCELLED]),
                name="meetings_meeting_scheduled_has_a_time",
            ),
        ]


class Offer(models.Model):
    """One of the times that a proposed meeting could have."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="offers")
    starts_at = models.DateTimeField()

    privacy = {"id": PLAIN, "meeting": LINK, "starts_at": FACT}

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "starts_at"], name="one_offer_a_time")
        ]

    def __str__(self) -> str:
        return f"Offer {self.pk}"
