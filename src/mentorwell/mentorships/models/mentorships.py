"""The relationship, its members and the places they hold."""

from django.db import models
from django.db.models import Q

from mentorwell.core.lifecycles import MembershipState, MentorshipState
from mentorwell.foundation.models import Record, word_field
from mentorwell.foundation.register import FACT, LINK, OWN, PLAIN
from mentorwell.people.enums import Part
from mentorwell.people.models import Participation, Place
from mentorwell.programmes.models import Programme


OPEN_STATES = [
    MentorshipState.FORMING,
    MentorshipState.ACTIVE,
    MentorshipState.PAUSED,
    MentorshipState.CLOSING,
]


class Mentorship(Record):
    """A relationship of two or more people, in the format its data describe.

    While somebody's ending waits for its hour the state is CLOSING, and `before_closing` is
    what the others go on seeing and what an undone ending returns to. It is PAUSED while so
    many members rest that too few are left, or while a question about an evaluation link is
    open for too long; `before_pause` is the state that follows. From `silent_since` and from
    `arranged_until`, the start of the last meeting that has a date, the days without a meeting
    are counted that lead to the question after a silence.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="mentorships")
    format = models.CharField(max_length=24)  # slug of mentorships/content/formats.toml
    kinds = models.JSONField(default=list)  # words of programmes.enums.Kind
    state = word_field(MentorshipState, default=MentorshipState.FORMING)
    pair_key = models.CharField(max_length=80, blank=True)
    began_at = models.DateTimeField()
    first_met_at = models.DateTimeField(null=True)
    silent_since = models.DateTimeField()
    arranged_until = models.DateTimeField(null=True)
    silence_asked_at = models.DateTimeField(null=True)
    agreement_asked_at = models.DateTimeField(null=True)
    before_pause = models.CharField(max_length=24, blank=True)
    closing_at = models.DateTimeField(null=True)
    before_closing = models.CharField(max_length=24, blank=True)
    closed_at = models.DateTimeField(null=True)

    privacy = {
        "programme": LINK,
        "format": FACT,
        "kinds": FACT,
        "state": FACT,
        "pair_key": LINK,
        "began_at": FACT,
        "first_met_at": FACT,
        "silent_since": FACT,
        "arranged_until": FACT,
        "silence_asked_at": FACT,
        "agreement_asked_at": FACT,
        "before_pause": FACT,
        "closing_at": FACT,
        "before_closing": FACT,
        "closed_at": FACT,
    }

    class Meta:
        constraints = [
            # The same two people hold at most one open one-to-one in a programme.
            models.UniqueConstraint(
                fields=["programme", "pair_key"],
                condition=Q(state__in=OPEN_STATES) & ~Q(pair_key=""),
                name="one_open_mentorship_a_pair",
            )
        ]


class Membership(Record):
    """One participation in one mentorship.

    A member who rests is PAUSED, until a date or until they say so; `contact_stopped_at` marks
    a rest after "Something is not right", which no date ends.
    """

    mentorship = models.ForeignKey(Mentorship, on_delete=models.PROTECT, related_name="members")
    participation = models.ForeignKey(
        Participation, on_delete=models.PROTECT, related_name="memberships"
    )
    part = word_field(Part)
    role_name = models.CharField(max_length=60, blank=True)  # the named part in a panel
    state = word_field(MembershipState, default=MembershipState.JOINED)
    joined_at = models.DateTimeField()
    paused_until_date = models.DateField(null=True)
    contact_stopped_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)

    privacy = {
        "mentorship": LINK,
        "participation": LINK,
        "part": FACT,
        "role_name": FACT,
        "state": FACT,
        "joined_at": FACT,
        "paused_until_date": FACT,
        "contact_stopped_at": OWN,
        "left_at": FACT,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mentorship", "participation"], name="one_membership_a_person"
            )
        ]


class PlaceClaim(models.Model):
    """A membership holds a place until it is released; the database lets only one hold it."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="claims")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="claims")
    claimed_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True)

    privacy = {
        "id": PLAIN,
        "membership": LINK,
        "place": LINK,
        "claimed_at": FACT,
        "released_at": FACT,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place"],
                condition=Q(released_at__isnull=True),
                name="one_open_claim_a_place",
            )
        ]

    def __str__(self) -> str:
        return f"PlaceClaim {self.pk}"
