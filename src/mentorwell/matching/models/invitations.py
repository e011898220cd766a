"""What matters to a mentee, and the invitations they send."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from mentorwell.core.lifecycles import InvitationState
from mentorwell.foundation.constraints import between
from mentorwell.foundation.models import Record, word_field
from mentorwell.foundation.register import FACT, LINK, OWN, PLAIN, WORDS
from mentorwell.foundation.sealed import SealedText
from mentorwell.matching.enums import Answer, Release
from mentorwell.mentorships.models import Mentorship
from mentorwell.people.models import EvaluationLink, Participation, Place


class WhatMatters(models.Model):
    """How much each part of a fit matters to one mentee: 0 no, 1 a bit, 2 yes, 3 most."""

    participation = models.OneToOneField(
        Participation, on_delete=models.CASCADE, related_name="what_matters"
    )
    interest = models.PositiveSmallIntegerField(default=2)
    proximity = models.PositiveSmallIntegerField(default=2)
    values = models.PositiveSmallIntegerField(default=2)
    style = models.PositiveSmallIntegerField(default=2)

    privacy = {
        "id": PLAIN,
        "participation": LINK,
        "interest": OWN,
        "proximity": OWN,
        "values": OWN,
        "style": OWN,
    }

    class Meta:
        constraints = [
            between("interest", 0, 3),
            between("proximity", 0, 3),
            between("values", 0, 3),
            between("style", 0, 3),
        ]

    def __str__(self) -> str:
        return f"WhatMatters {self.pk}"


class Invitation(Record):
    """A mentee asks a mentor: will you be mine?

    While it is open it holds one of the mentee's numbered slots and one of the numbered
    slots of a free place of the mentor's, so that the database itself keeps both limits.
    `expires_at` is the deadline that everybody goes by. The mentor's leave and time zone move
    it, a policy changed later does not: the days are those of the moment it was sent.
    """

    mentee = models.ForeignKey(
        Participation, on_delete=models.PROTECT, related_name="sent_invitations"
    )
    mentor = models.ForeignKey(
        Participation, on_delete=models.PROTECT, related_name="received_invitations"
    )
    state = word_field(InvitationState, default=InvitationState.DRAFT)
    why_you = SealedText(blank=True)
    what_i_bring = SealedText(blank=True)
    drafted_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    reminder_days = models.PositiveSmallIntegerField(default=3)
    expiry_days = models.PositiveSmallIntegerField(default=7)
    remind_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)  # answered, withdrawn, expired or released
    answer = word_field(Answer, null=True)
    release = word_field(Release, null=True)
    answer_words = SealedText(blank=True)  # what the mentor sees in the mentee and means to give
    decline_reason = SealedText(blank=True)  # slug of people/content/prompts.toml, or empty
    mentee_slot = models.PositiveSmallIntegerField(null=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, related_name="+")
    place_slot = models.PositiveSmallIntegerField(null=True)
    link = models.ForeignKey(EvaluationLink, on_delete=models.SET_NULL, null=True, related_name="+")
    mentee_acknowledged_at = models.DateTimeField(null=True)
    mentor_acknowledged_at = models.DateTimeField(null=True)
    next_suggestion = models.ForeignKey(
        Participation, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    mentorship = models.OneToOneField(
        Mentorship, on_delete=models.PROTECT, null=True, related_name="invitation"
    )

    privacy = {
        "mentee": LINK,
        "mentor": LINK,
        "state": FACT,
        "why_you": WORDS,
        "what_i_bring": WORDS,
        "drafted_at": FACT,
        "sent_at": FACT,
        "reminder_days": PLAIN,
        "expiry_days": PLAIN,
        "remind_at": FACT,
        "reminded_at": FACT,
        "expires_at": FACT,
        "ended_at": FACT,
        "answer": OWN,
        "release": FACT,
        "answer_words": WORDS,
        "decline_reason": WORDS,
        "mentee_slot": PLAIN,
        "place": LINK,
        "place_slot": PLAIN,
        "link": LINK,
        "mentee_acknowledged_at": FACT,
        "mentor_acknowledged_at": FACT,
        "next_suggestion": OWN,
        "mentorship": LINK,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mentee", "mentor"],
                condition=Q(state__in=[InvitationState.DRAFT, InvitationState.SENT]),
                name="one_open_invitation_a_pair",
            ),
            # Only what is open holds slots (see below), so neither needs a condition.
            models.UniqueConstraint(
                fields=["mentee", "mentee_slot"], name="open_invitations_a_mentee"
            ),
            models.UniqueConstraint(
                fields=["place", "place_slot"], name="open_invitations_a_place"
            ),
            models.CheckConstraint(
                condition=Q(
                    state=InvitationState.SENT,
                    mentee_slot__isnull=False,
                    place__isnull=False,
                    place_slot__isnull=False,
                    sent_at__isnull=False,
                    expires_at__isnull=False,
                )
                | ~Q(state=InvitationState.SENT)
                & Q(mentee_slot__isnull=True, place__isnull=True, place_slot__isnull=True),
                name="matching_invitation_slots_while_sent",
            ),
            models.CheckConstraint(
                condition=Q(state=InvitationState.DECLINED, answer__isnull=False)
                | ~Q(state=InvitationState.DECLINED) & Q(answer__isnull=True),
                name="matching_invitation_declined_has_its_answer",
            ),
            models.CheckConstraint(
                condition=Q(state=InvitationState.RELEASED, release__isnull=False)
                | ~Q(state=InvitationState.RELEASED) & Q(release__isnull=True),
                name="matching_invitation_released_has_its_word",
            ),
            models.CheckConstraint(
                condition=Q(mentorship__isnull=True) | Q(state=InvitationState.ACCEPTED),
                name="matching_invitation_only_accepted_begins",
            ),
        ]
        indexes = [models.Index(fields=["state", "expires_at"])]


class PlaceWish(Record):
    """A mentee waits for one mentor: "tell me when a place is free"."""

    mentee = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="place_wishes")
    mentor = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="+")
    wished_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    privacy = {
        "mentee": OWN,
        "mentor": OWN,
        "wished_at": OWN,
        "told_at": OWN,
        "ended_at": OWN,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mentee", "mentor"],
                condition=Q(ended_at__isnull=True),
                name="one_open_wish_a_mentor",
            )
        ]


class HelpRequest(Record):
    """A mentee asks "find someone with me": a named coordinator sees name and date, no more."""

    mentee = models.ForeignKey(
        Participation, on_delete=models.CASCADE, related_name="help_requests"
    )
    coordinator = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="help_requests_named_in"
    )
    asked_at = models.DateTimeField()
    due_date = models.DateField()  # three working days later
    answered_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    privacy = {
        "mentee": LINK,
        "coordinator": LINK,
        "asked_at": FACT,
        "due_date": FACT,
        "answered_at": FACT,
        "withdrawn_at": FACT,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mentee"],
                condition=Q(answered_at__isnull=True, withdrawn_at__isnull=True),
                name="one_open_help_request",
            )
        ]
