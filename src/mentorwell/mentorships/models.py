"""The relationship: its members and their places, what they agree on, how it ends."""

from django.db import models
from django.db.models import Q

from mentorwell.core.lifecycles import AgreementState, MembershipState, MentorshipState
from mentorwell.foundation.models import Record, word_field
from mentorwell.foundation.register import FACT, LINK, OWN, PLAIN, WORDS
from mentorwell.foundation.sealed import SealedText
from mentorwell.mentorships.enums import LinkAnswer
from mentorwell.people.enums import Part
from mentorwell.people.models import EvaluationLink, Participation, Place
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


class Agreement(Record):
    """One version of what the members agree on; the newest agreed one holds."""

    mentorship = models.ForeignKey(Mentorship, on_delete=models.CASCADE, related_name="agreements")
    version = models.PositiveSmallIntegerField()
    state = word_field(AgreementState, default=AgreementState.PROPOSED)
    purpose = SealedText()
    relationship = SealedText()  # key of mentorships/content/agreement.toml
    meetings_like = SealedText()
    agenda_by = SealedText()
    schedules_by = SealedText()
    review_date = models.DateField()
    proposed_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True)
    review_told_at = models.DateTimeField(null=True)

    privacy = {
        "mentorship": LINK,
        "version": FACT,
        "state": FACT,
        "purpose": WORDS,
        "relationship": WORDS,
        "meetings_like": WORDS,
        "agenda_by": WORDS,
        "schedules_by": WORDS,
        "review_date": FACT,
        "proposed_by": LINK,
        "proposed_at": FACT,
        "agreed_at": FACT,
        "review_told_at": FACT,
    }

    class Meta:
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(
                fields=["mentorship", "version"], name="one_agreement_a_version"
            ),
            models.UniqueConstraint(
                fields=["mentorship"],
                condition=Q(state=AgreementState.AGREED),
                name="one_agreed_agreement",
            ),
            models.UniqueConstraint(
                fields=["mentorship"],
                condition=Q(state=AgreementState.PROPOSED),
                name="one_proposed_agreement",
            ),
        ]


class AgreementSignature(models.Model):
    """One member has pressed "I agree", at this time."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="signatures")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    signed_at = models.DateTimeField()

    privacy = {"id": PLAIN, "agreement": LINK, "membership": LINK, "signed_at": FACT}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "membership"], name="one_signature_a_member"
            )
        ]

    def __str__(self) -> str:
        return f"AgreementSignature {self.pk}"


class Ending(models.Model):
    """One member's wish to end: for themselves a reason and, if they like, a word of thanks.

    Until `told_at` it can be undone, and nobody else knows of it.
    """

    membership = models.OneToOneField(Membership, on_delete=models.CASCADE, related_name="ending")
    reason = SealedText(blank=True)  # a word of EndingReason, read by its writer only
    told_office = models.BooleanField(default=False)  # the writer allows the reason in figures
    thanks = SealedText(blank=True)  # read by the others once they are told
    written_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    privacy = {
        "id": PLAIN,
        "membership": LINK,
        "reason": OWN,
        "told_office": OWN,
        "thanks": WORDS,
        "written_at": FACT,
        "told_at": FACT,
    }

    def __str__(self) -> str:
        return f"Ending {self.pk}"


class LinkQuestion(Record):
    """An evaluation link has appeared on a running pair: each member is asked what to do."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="questions")
    link = models.ForeignKey(EvaluationLink, on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField()
    answer = word_field(LinkAnswer, null=True)
    answered_at = models.DateTimeField(null=True)

    privacy = {
        "membership": LINK,
        "link": LINK,
        "asked_at": FACT,
        "answer": OWN,
        "answered_at": FACT,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["membership", "link"], name="one_question_a_link")
        ]
