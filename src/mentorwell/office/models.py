"""Rosters on their way in."""

from django.conf import settings
from django.db import models

from mentorwell.core.lifecycles import ImportState
from mentorwell.foundation.models import Record, word_field
from mentorwell.foundation.register import FACT, LINK, PLAIN, WORDS
from mentorwell.foundation.sealed import SealedText
from mentorwell.programmes.models import Organisation, Programme


class ImportRun(Record):
    """One roster file: how it is read, how far it is, what came of it.

    The file and its rows are sealed and kept only until they are brought in or forgotten;
    what remains are counts.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="imports")
    by = models.ForeignKey(  # nobody: the command line
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    state = word_field(ImportState, default=ImportState.UPLOADED)
    file_name = models.CharField(max_length=200)
    file = SealedText(blank=True)  # base64
    header = models.JSONField(default=list)  # the columns' names, in order
    columns = models.JSONField(default=dict)  # column to field, those that are read
    knowingly = models.JSONField(default=list)  # columns of personal identity mapped on purpose
    part = models.CharField(max_length=24, blank=True)  # for rows that do not say
    dates = models.CharField(max_length=24, blank=True)
    create = models.JSONField(default=list)  # fields whose unknown names are made
    meanings = models.JSONField(default=dict)  # field to {what the file writes: what is meant}
    uploaded_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    row_count = models.PositiveIntegerField(default=0)
    staged_count = models.PositiveIntegerField(default=0)
    bad_count = models.PositiveIntegerField(default=0)
    new_names = models.JSONField(default=dict)  # field to the names that will be made
    account_count = models.PositiveIntegerField(default=0)
    part_count = models.PositiveIntegerField(default=0)
    changed_count = models.PositiveIntegerField(default=0)
    left_count = models.PositiveIntegerField(default=0)
    failure = models.CharField(max_length=300, blank=True)  # a sentence of ours

    privacy = {
        "by": LINK,
        "file": WORDS,
        **dict.fromkeys(
            (
                "programme",
                "state",
                "file_name",
                "header",
                "columns",
                "knowingly",
                "part",
                "dates",
                "create",
                "meanings",
                "uploaded_at",
                "checked_at",
                "finished_at",
                "row_count",
                "staged_count",
                "bad_count",
                "new_names",
                "account_count",
                "part_count",
                "changed_count",
                "left_count",
                "failure",
            ),
            PLAIN,
        ),
    }

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            # Once people are in, nothing of the file stays behind.
            models.CheckConstraint(
                condition=~models.Q(state=ImportState.DONE) | models.Q(file=""),
                name="office_importrun_done_keeps_no_file",
            )
        ]


class ImportRow(models.Model):
    """One row of a roster, read: the person in it, or what is wrong with it."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()  # as a spreadsheet program shows it
    is_bad = models.BooleanField()
    content = SealedText()  # JSON

    privacy = {"id": PLAIN, "run": LINK, "number": PLAIN, "is_bad": FACT, "content": WORDS}

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="one_row_a_number")]

    def __str__(self) -> str:
        return f"ImportRow {self.number} of {self.run_id}"


class ColumnMapping(Record):
    """How an organisation read a file with these columns last, so that nobody maps it twice."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    fingerprint = models.CharField(max_length=64)  # of the header
    columns = models.JSONField(default=dict)  # a column's plain name to its field
    part = models.CharField(max_length=24, blank=True)
    dates = models.CharField(max_length=24, blank=True)
    meanings = models.JSONField(default=dict)
    kept_at = models.DateTimeField()

    privacy = dict.fromkeys(
        ("organisation", "fingerprint", "columns", "part", "dates", "meanings", "kept_at"), PLAIN
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "fingerprint"], name="one_mapping_a_header"
            )
        ]
