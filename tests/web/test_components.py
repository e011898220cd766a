"""Components render what a reader, a screen reader and the browser's policy need."""

import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.core.paginator import Paginator
from django.template import engines
from django.template.loader import get_template
from django.test import RequestFactory
from django_cotton.compiler_regex import CottonCompiler

import mentorwell
from mentorwell.foundation.forms import ChoiceCards, Described, Scale, SliderField
from mentorwell.foundation.icons import ICONS, UnknownIconError
from mentorwell.foundation.templatetags.look import days_from, fit_words, initials, tone
from mentorwell.programmes.models import USUAL_LIMITS


PACKAGE = Path(mentorwell.__file__).parent
# Mails are not here: their styles are written into the tags when they are sent.
TEMPLATES = sorted(
    path for house in ("foundation", "web") for path in PACKAGE.glob(f"{house}/templates/**/*.html")
)
TODAY = date(2030, 5, 14)


def rendered(source: str, **context) -> BeautifulSoup:
    template = engines["django"].from_string(CottonCompiler().process(source))
    request = RequestFactory().get("/here", {"q": "echo"})
    return BeautifulSoup(template.render(context, request), "html.parser")


def words(soup: BeautifulSoup) -> str:
    return " ".join(soup.get_text(" ").split())


class Invitation(forms.Form):
    why = forms.CharField(label="Why this mentor?", help_text="Two sentences are plenty.")
    note = forms.CharField(label="Anything else", required=False, widget=forms.Textarea)
    how = forms.ChoiceField(
        label="How to meet",
        widget=ChoiceCards,
        help_text="You can change it later.",
        choices=[("video", Described("By video", hint="From anywhere", icon="video"))],
    )
    matter = forms.ChoiceField(label="Values", widget=Scale, choices=[("0", "No"), ("1", "Yes")])
    plan = SliderField(label="Planning", low="Structure", high="Improvise")
    agree = forms.BooleanField(label="Remind me", help_text="A day before", required=False)


# --- Every template ---------------------------------------------------------------------


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_templates_carry_no_style_no_script_and_no_handler(path):
    source = re.sub(r"{#.*?#}", "", path.read_text(), flags=re.DOTALL)

    assert not re.search(r"\sstyle\s*=", source)
    assert "<style" not in source
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", source)
    assert not re.search(r"\shx-on", source)
    assert "javascript:" not in source
    assert all("src=" in script for script in re.findall(r"<script[^>]*>", source))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_templates_name_only_icons_that_are_drawn(path):
    source = path.read_text()
    named = set(
        re.findall(r'{% icon "([^"]+)"', source)
        + re.findall(r'\sicon="([a-z-]+)"', source)
        + re.findall(r'<c-icon name="([a-z-]+)"', source)
    )

    assert named <= set(ICONS)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_templates_compile(path):
    name = path.as_posix().split("/templates/", 1)[1]

    assert get_template(name).template.origin.name == str(path)


def test_templates_are_clean_by_djlint():
    check = subprocess.run(  # noqa: S603 -- our own arguments
        [sys.executable, "-m", "djlint", str(PACKAGE), "--lint", "--quiet"],
        capture_output=True,
        text=True,
        check=False,
        cwd=PACKAGE.parents[1],
    )

    assert check.returncode == 0, check.stdout


def test_the_style_sheet_takes_every_colour_from_a_token():
    sheet = (PACKAGE / "foundation/static/mentorwell/style.css").read_text()
    tokens = sheet[sheet.index("@layer tokens {") : sheet.index("@layer base {")]
    allowed = {
        "#ffffff",
        "#000000",
        "#0b4f47",
        "#e58f63",
        "#ffb27d",
    }  # on the strong block, in print

    beyond = set(re.findall(r"#[0-9a-f]{6}\b", sheet.replace(tokens, "")))

    assert beyond <= allowed


def luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


TEXT_ON = [
    *[
        (ink, ground)
        for ink in ("ink", "ink-soft", "brand")
        for ground in ("paper", "card", "sunken")
    ],
    *[(ink, f"{ink}-soft") for ink in ("brand", "warm", "sun", "alarm", "plum", "sky", "moss")],
    *[("ink", f"{ground}-soft") for ground in ("brand", "sun", "alarm", "sky")],
    ("brand-ink", "brand"),
    ("brand-deep", "brand-soft"),
    ("alarm", "card"),
    ("warm", "card"),
]


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_text_stands_out_from_its_ground_and_borders_from_theirs(theme):
    sheet = (PACKAGE / "foundation/static/mentorwell/style.css").read_text()
    tokens = {
        name: pair[theme]
        for name, *pair in re.findall(r"--([a-z-]+): light-dark\((#\w{6}), (#\w{6})\)", sheet)
    }

    for ink, ground in TEXT_ON:
        assert contrast(tokens[ink], tokens[ground]) >= 4.5, (ink, ground)
    for ground in ("paper", "card", "sunken", "raised"):
        assert contrast(tokens["line-firm"], tokens[ground]) >= 3, ground
        assert contrast(tokens["focus"], tokens[ground]) >= 3, ground


# --- Forms ------------------------------------------------------------------------------


def test_a_field_is_wired_to_its_label_its_help_and_its_errors():
    soup = BeautifulSoup(str(Invitation(data={})["why"].as_field_group()), "html.parser")
    field = soup.find("input")

    assert soup.find("label")["for"] == field["id"] == "id_why"
    assert field["aria-invalid"] == "true"
    assert field["aria-describedby"].split() == ["id_why_helptext", "id_why_error"]
    assert words(soup.find(id="id_why_helptext")) == "Two sentences are plenty."
    assert words(soup.find(id="id_why_error")) == "Please fill this in."
    assert field["class"] == ["input"]


def test_a_field_without_errors_says_nothing_of_them():
    soup = BeautifulSoup(str(Invitation()["why"].as_field_group()), "html.parser")

    assert soup.find("input")["aria-describedby"] == "id_why_helptext"
    assert not soup.find(class_="errors")
    assert not soup.find("input").has_attr("aria-invalid")


def test_only_what_may_stay_empty_is_marked():
    form = Invitation()

    assert "optional" not in str(form["why"].as_field_group())
    assert "optional" in str(form["note"].as_field_group())


def test_a_group_of_choices_is_a_fieldset_wired_to_help_and_errors():
    soup = BeautifulSoup(str(Invitation(data={})["how"].as_field_group()), "html.parser")
    group = soup.find("fieldset")

    assert group["id"] == "id_how"
    assert words(group.find("legend")) == "How to meet"
    assert group["aria-describedby"].split() == ["id_how_helptext", "id_how_error"]
    assert words(group.find(id="id_how_error")) == "Please choose one."
    card = group.find(class_="choice")
    assert card["for"] == card.find("input")["id"]
    assert words(card) == "By video From anywhere"
    assert card.find("svg")


def test_a_scale_is_radios_within_their_labels():
    soup = BeautifulSoup(str(Invitation(initial={"matter": "1"})["matter"]), "html.parser")

    assert [words(label) for label in soup.find_all("label")] == ["No", "Yes"]
    assert [radio["value"] for radio in soup.find_all("input", checked=True)] == ["1"]


def test_a_slider_says_each_of_its_five_places():
    soup = BeautifulSoup(str(Invitation()["plan"]), "html.parser")

    assert [words(label) for label in soup.find_all("label")] == [
        "Clearly: Structure",
        "Rather: Structure",
        "In between",
        "Rather: Improvise",
        "Clearly: Improvise",
    ]
    assert [radio["value"] for radio in soup.find_all("input")] == ["-2", "-1", "0", "1", "2"]


def test_a_tick_box_is_labelled_after_its_box():
    soup = BeautifulSoup(str(Invitation()["agree"].as_field_group()), "html.parser")

    assert soup.find("label")["for"] == soup.find("input")["id"]
    assert words(soup.find("label")) == "Remind me A day before"


def test_a_form_that_failed_lists_what_to_mend_with_links_to_it():
    soup = rendered('<c-form :form="form" submit="Send" />', form=Invitation(data={}))

    summary = soup.find(role="alert")
    assert [link["href"] for link in summary.find_all("a")] == [
        "#id_why",
        "#id_how",
        "#id_matter",
        "#id_plan",
    ]
    assert all(soup.find(id=link["href"][1:]) for link in summary.find_all("a"))
    assert soup.find("input", {"name": "csrfmiddlewaretoken"})
    assert words(soup.find("button")) == "Send"


def test_a_form_that_asks_carries_no_token():
    soup = rendered('<c-form method="get" submit="Find" />')

    assert soup.find("form")["method"] == "get"
    assert not soup.find("input")


# --- Blocks -----------------------------------------------------------------------------


def test_a_person_card_says_name_words_and_why():
    soup = rendered(
        '<c-person :name="name" line="Cardiology" :quote="quote" verdict="Very well" :fits="fits"'
        ' href="/mentors/1"><c-slot name="actions"><c-button href="/i">Invite</c-button></c-slot>'
        "</c-person>",
        name="Dr. Helen Marsh",
        quote="Ask <me>",
        fits=[
            {"label": "Near", "step": 4, "words": "Same site"},
            {"label": "Values", "step": None, "words": "Not chosen yet"},
            {"label": "Style", "step": 0, "words": "Nothing shared"},
        ],
    )

    assert words(soup.find("h3").find("a")) == "Dr. Helen Marsh"
    assert words(soup.find(class_="say")) == "“Ask <me>”"
    bars = soup.find_all(class_="fit-bar")
    assert [bar["aria-label"] for bar in bars] == ["very well", "not known", "not shared"]
    assert [bar["class"][1] for bar in bars] == ["step-4", "unknown", "step-0"]
    assert soup.find("footer").find("a")["href"] == "/i"


def test_a_refused_button_is_disabled_and_says_why():
    soup = rendered('<c-button refused="The search opens on 1 June.">Find</c-button>')

    assert soup.find("button").has_attr("disabled")
    assert words(soup) == "Find The search opens on 1 June."


def test_a_button_is_a_link_where_it_leads_somewhere():
    soup = rendered('<c-button href="/x" kind="plain" icon="mail" data-dialog="end">End</c-button>')

    assert soup.find("a")["class"] == ["button", "plain"]
    assert soup.find("a")["data-dialog"] == "end"
    assert soup.find("svg")["aria-hidden"] == "true"


def test_an_icon_with_a_label_speaks():
    soup = rendered('<c-icon name="calendar" label="Calendar" />')

    assert soup.find("svg")["role"] == "img"
    assert soup.find("svg")["aria-label"] == "Calendar"


def test_an_unknown_icon_fails():
    with pytest.raises(UnknownIconError, match="unicorn"):
        rendered('<c-icon name="unicorn" />')


def test_components_do_not_see_the_variables_of_the_page():
    assert rendered("<c-card>Words</c-card>", title="Of the page").find("h2") is None


def test_a_stepper_tells_where_one_is():
    soup = rendered('<c-stepper :steps="steps" current="2" />', steps=["What", "Where", "Whom"])

    assert [step.get("class") for step in soup.find_all("li")] == [["done"], None, None]
    assert words(soup.find(attrs={"aria-current": "step"})) == "Step 2 of 3: Where"


def test_a_timeline_says_done_to_those_who_cannot_see_it():
    soup = rendered('<c-steps><c-step state="done" title="Week 1"><p>Met</p></c-step></c-steps>')

    assert words(soup.find("h3")) == "Week 1 (done)"


def test_a_promise_stands_in_the_words_of_its_place():
    assert "between you two" in words(rendered("<c-promise />"))
    assert "Only you" in words(rendered('<c-promise kind="self" />'))
    assert words(rendered("<c-promise>Ours.</c-promise>")).startswith("Ours. ")
    assert words(rendered('<c-promise typing="no">Ours.</c-promise>')) == "Ours."


def test_where_one_types_the_promise_says_where_it_ends():
    """The organisation's line is one of two; a note for oneself has nobody who would speak."""
    shown = {
        written: words(rendered(written))
        for written in (
            "<c-promise />",
            '<c-promise kind="group" />',
            '<c-promise kind="self" />',
            '<c-promise limits="no">Ours.</c-promise>',
        )
    }

    assert [USUAL_LIMITS in said for said in shown.values()] == [True, True, False, False]
    assert all("by which a patient could be known" in said for said in shown.values())
    assert all("data-patients" in str(rendered(written)) for written in shown)
    assert "data-patients" not in str(rendered('<c-promise typing="no">Ours.</c-promise>'))


def test_pages_keep_the_rest_of_the_address():
    page = Paginator(range(30), 10).page(2)

    soup = rendered('<c-pages :page="page" />', page=page)

    assert soup.find("a", rel="prev")["href"] == "?q=echo&page=1"
    assert soup.find("a", rel="next")["href"] == "?q=echo&page=3"
    assert "Page 2 of 3" in words(soup)


def test_a_single_page_has_no_pages():
    assert words(rendered('<c-pages :page="page" />', page=Paginator([1], 10).page(1))) == ""


def test_a_date_speaks_and_shows():
    soup = rendered(
        '<c-date :day="day" words="{{ day|days_from:today }}" />',
        day=date(2030, 5, 19),
        today=TODAY,
    )

    assert soup.find("time")["datetime"].startswith("2030-05-19")
    assert words(soup) == "19 May Sunday 19 May in 5 days"


@pytest.mark.parametrize(
    ("kind", "drawn"),
    [("info", "info"), ("success", "check-circle"), ("warm", "lightbulb"), ("error", "warning")],
)
def test_notices_show_their_kind_by_a_sign_too(kind, drawn):
    soup = rendered('<c-notice kind="{{ kind }}" title="So">Words</c-notice>', kind=kind)

    strokes = BeautifulSoup(f"<svg>{ICONS[drawn]}</svg>", "html.parser")
    assert soup.find("svg").decode_contents() == strokes.find("svg").decode_contents()
    assert words(soup) == "So Words"


def test_what_waits_names_its_button_for_screen_readers():
    soup = rendered('<c-todos><c-todo title="Say how it is" href="/c">Six taps.</c-todo></c-todos>')

    assert words(soup.find("a")) == "Open : Say how it is"


def test_a_group_of_people_is_read_as_names():
    soup = rendered(
        '<c-avatars :names="names" />', names=["Ann Lee", "Bo Ek", "Cy Im", "Di Oh", "Ed Ua"]
    )

    assert soup.find(class_="avatars")["aria-label"] == "Ann Lee, Bo Ek, Cy Im, Di Oh, Ed Ua"
    assert [avatar.get_text() for avatar in soup.find_all(class_="avatar")] == [
        "AL",
        "BE",
        "CI",
        "DO",
    ]
    assert "5 people" in words(soup)


# --- Words ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Dr. Helen Marsh", "HM"),
        ("Amara", "A"),
        ("Prof. Dr. Jun van der Ito", "JI"),
        ("élise åkesson", "ÉÅ"),
        ("", "?"),
        ("42 !", "?"),
    ],
)
def test_initials_leave_titles_out(name, letters):
    assert initials(name) == letters


def test_tones_are_steady_and_spread():
    names = [f"Person {n}" for n in range(60)]

    assert [tone(name) for name in names] == [tone(name) for name in names]
    assert {tone(name) for name in names} == set("abcdef")


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2030, 5, 14), "today"),
        (date(2030, 5, 15), "tomorrow"),
        (date(2030, 5, 13), "yesterday"),
        (date(2030, 5, 20), "in 6 days"),
        (date(2030, 5, 4), "10 days ago"),
    ],
)
def test_days_are_said_as_people_say_them(day, said):
    assert days_from(day, TODAY) == said


def test_fit_steps_have_words():
    assert [fit_words(step) for step in (None, 0, 1, 2, 3, 4)] == [
        "not known",
        "not shared",
        "a little",
        "partly",
        "well",
        "very well",
    ]
