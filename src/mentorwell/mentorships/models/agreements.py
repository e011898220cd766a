"""What the members agree on, in versions."""

from django.db import models
from django.db.models import Q

from mentorwell.core.lifecycles import AgreementState
from mentorwell.foundation.models import Record, word_field
from mentorwell.foundation.register import FACT, LINK, PLAIN, WORDS
from mentorwell.foundation.sealed import SealedText
from mentorwell.mentorships.models.mentorships import Membership, Mentorship


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
