"""What each expects, sealed at first; what all agree on, in versions."""

from django.db import models
from django.db.models import Q

from mentorwell.core.lifecycles import AgreementState
from mentorwell.foundation.models import Record, word_field
from mentorwell.foundation.register import FACT, LINK, PLAIN, WORDS
from mentorwell.foundation.sealed import SealedText
from mentorwell.mentorships.models.mentorships import Membership, Mentorship


class OwnAnswers(models.Model):
    """One member's own answers to the three first questions, written alone.

    The others read them from `opened_at` on, which is when all members have sent theirs.
    """

    membership = models.OneToOneField(Membership, on_delete=models.CASCADE, related_name="answers")
    relationship = SealedText()  # key of mentorships/content/agreement.toml
    relationship_words = SealedText(blank=True)
    meetings_like = SealedText()
    meetings_words = SealedText(blank=True)
    agenda_by = SealedText()
    agenda_words = SealedText(blank=True)
    sent_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)

    privacy = {
        "id": PLAIN,
        "membership": LINK,
        "relationship": WORDS,
        "relationship_words": WORDS,
        "meetings_like": WORDS,
        "meetings_words": WORDS,
        "agenda_by": WORDS,
        "agenda_words": WORDS,
        "sent_at": FACT,
        "opened_at": FACT,
    }

    def __str__(self) -> str:
        return f"OwnAnswers {self.pk}"


class Agreement(Record):
    """One version of what the members agree on; the newest agreed one holds.

    `clauses` is a JSON object: slugs of the clauses in mentorships/content/agreement.toml, with
    a chosen slug or a text for each. `extra` is a JSON list of pairs: a question of the programme
    as it was then, and the answer.
    """

    mentorship = models.ForeignKey(Mentorship, on_delete=models.CASCADE, related_name="agreements")
    version = models.PositiveSmallIntegerField()
    state = word_field(AgreementState, default=AgreementState.PROPOSED)
    purpose = SealedText()
    relationship = SealedText()  # key of mentorships/content/agreement.toml
    meetings_like = SealedText()
    agenda_by = SealedText()
    schedules_by = SealedText()
    relationship_words = SealedText(blank=True)
    meetings_words = SealedText(blank=True)
    agenda_words = SealedText(blank=True)
    clauses = SealedText(blank=True)
    extra = SealedText(blank=True)
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
        "relationship_words": WORDS,
        "meetings_words": WORDS,
        "agenda_words": WORDS,
        "clauses": WORDS,
        "extra": WORDS,
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
