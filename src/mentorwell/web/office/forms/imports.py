"""What the office types of a roster: the file, its columns, names that nobody knew."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from zlib import crc32

from django import forms

from mentorwell.core.reading.columns import Field, is_identity
from mentorwell.core.reading.dates import DateOrder
from mentorwell.core.reading.roster import Part
from mentorwell.office.models import ImportRun
from mentorwell.office.queries.imports import LIMITS, UnknownName
from mentorwell.office.queries.known import LEFT_OUT
from mentorwell.office.queries.wording import FIELD_NAMES
from mentorwell.office.services import Reading


if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile


CREATED = {
    Field.SITE: "Sites that we do not know yet",
    Field.UNIT: "Units that we do not know yet",
    Field.TOPICS: "Topics that we do not know yet",
}
PARTS = [("", "The file says it"), (Part.MENTOR, "Mentors"), (Part.MENTEE, "Mentees")]
DATES = [
    (DateOrder.ASK, "Show me where it is unclear"),
    (DateOrder.DAY_FIRST, "3 April: the day comes first"),
    (DateOrder.MONTH_FIRST, "March 4: the month comes first"),
]
PORTIONS = [(10, "10"), (25, "25"), (50, "50"), (100, "100")]


class UploadForm(forms.Form):
    """A roster file."""

    file = forms.FileField(
        label="File with people",
        help_text="CSV or XLSX, one row a person, the names of the columns in the first row.",
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
    )

    def clean_file(self) -> "UploadedFile[bytes]":
        """Refuse what is too large before it is read."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > LIMITS.bytes:
            raise forms.ValidationError(f"At most {LIMITS.bytes // 1_000_000} MB, please.")
        return file


class ColumnsForm(forms.Form):
    """What each column of a file is, and what the file leaves unsaid."""

    part = forms.ChoiceField(
        label="Who is in it", choices=PARTS, required=False, help_text="For rows that do not say."
    )
    dates = forms.ChoiceField(label="What 3/4/2026 means", choices=DATES)
    create = forms.MultipleChoiceField(
        label="Add what is new",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="You see every name before it is added. Without the tick an unknown name is a mistake.",
    )

    def __init__(
        self, *args: Any, run: ImportRun, creatable: Sequence[Field], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.run = run
        self.fields["create"].choices = [  # type: ignore[attr-defined]  # a choice field, see above
            (field.value, CREATED[field]) for field in creatable
        ]
        self.initial = {
            "part": run.part,
            "dates": run.dates,
            "create": run.create if run.checked_at else [field.value for field in creatable],
            **self.initial,
        }
        for place, column in enumerate(run.header):
            self.fields[f"column-{place}"] = forms.ChoiceField(
                label=column,
                choices=[("", "Leave out"), *FIELD_NAMES.items()],
                required=False,
                initial=run.columns.get(column, ""),
                widget=forms.Select(attrs={"aria-label": f"What “{column}” is"}),
            )
            if is_identity(column):
                self.fields[f"knowingly-{place}"] = forms.BooleanField(
                    label="Bring it in knowingly",
                    required=False,
                    initial=column in run.knowingly,
                )

    def reading(self) -> Reading:
        """Return how the file is to be read."""
        told = self.cleaned_data
        columns = {
            column: Field(told[f"column-{place}"])
            for place, column in enumerate(self.run.header)
            if told[f"column-{place}"]
        }
        knowingly = {
            column for place, column in enumerate(self.run.header) if told.get(f"knowingly-{place}")
        }
        return Reading(
            columns=columns,
            knowingly=frozenset(knowingly & columns.keys()),
            part=Part(told["part"]) if told["part"] else None,
            dates=DateOrder(told["dates"]),
            create=[Field(field) for field in told["create"]],
            meanings=meanings_of(self.run),
        )


def meanings_of(run: ImportRun) -> dict[Field, dict[str, str]]:
    """Return what the office has said so far that unknown names mean."""
    return {Field(field): dict(names) for field, names in run.meanings.items()}


class MeaningsForm(forms.Form):
    """What names stand for that the file writes and nobody knows."""

    def __init__(
        self,
        *args: Any,
        run: ImportRun,
        unknown: Sequence[UnknownName],
        known: Mapping[Field, Mapping[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.run, self.unknown = run, unknown
        for each in unknown:
            names = {key: name for name, key in known[each.field].items()}
            choices = sorted(names.items(), key=lambda item: item[1].casefold())
            self.fields[_asked(each)] = forms.ChoiceField(
                label=f"{each.name}",
                help_text=f"{FIELD_NAMES[each.field]}, in {each.rows} "
                f"{'row' if each.rows == 1 else 'rows'}",
                choices=[("", "Not decided"), (LEFT_OUT, "Leave it out"), *choices],
                required=False,
            )

    def reading(self) -> Reading:
        """Return how the file was read, with the names that have a meaning now."""
        meanings = meanings_of(self.run)
        for each in self.unknown:
            if key := self.cleaned_data[_asked(each)]:
                meanings.setdefault(each.field, {})[each.name] = key
        return Reading(
            columns={column: Field(field) for column, field in self.run.columns.items()},
            knowingly=frozenset(self.run.knowingly),
            part=Part(self.run.part) if self.run.part else None,
            dates=DateOrder(self.run.dates),
            create=[Field(field) for field in self.run.create],
            meanings=meanings,
        )


def _asked(unknown: UnknownName) -> str:
    """Name a field by what it asks about: the list grows shorter while somebody answers."""
    return f"name-{crc32(f'{unknown.field}:{unknown.name}'.encode()):08x}"


class WelcomeForm(forms.Form):
    """Whom to welcome next."""

    part = forms.ChoiceField(
        label="Whom",
        choices=[("", "Everyone"), (Part.MENTOR, "Mentors"), (Part.MENTEE, "Mentees")],
        required=False,
        help_text="Mentors first: a mentee who comes should find somebody.",
    )
    most = forms.TypedChoiceField(label="How many at most", choices=PORTIONS, coerce=int)
    # How many waited when the page was drawn: pressing twice sends one portion.
    waiting = forms.IntegerField(widget=forms.HiddenInput)
