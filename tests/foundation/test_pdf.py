import io

import pytest
import typst
from pypdf import PdfReader

from mentorwell.foundation import pdf
from tests.factories.moments import NOW


TEMPLATE = """
#import "/foundation/content/page.typ": page
#let data = json(bytes(sys.inputs.data))
#show: page.with(title: data.title, foot: data.foot)
#data.words
"""
DATA = {"title": "Our agreement", "foot": "4 March", "words": "#panic() *what* $people$ #write"}


@pytest.fixture
def house(tmp_path, monkeypatch):
    """A package root with the house's page and one template beside it."""
    shared = pdf.ROOT / "foundation" / "content" / "page.typ"
    (tmp_path / "foundation" / "content").mkdir(parents=True)
    (tmp_path / "foundation" / "content" / "page.typ").write_text(shared.read_text())
    (tmp_path / "letter.typ").write_text(TEMPLATE)
    monkeypatch.setattr(pdf, "ROOT", tmp_path)
    return tmp_path


def read(content):
    return PdfReader(io.BytesIO(content))


def test_a_page_is_tagged_titled_and_in_a_language(house):
    root = read(pdf.render_pdf("letter.typ", DATA, now=NOW)).trailer["/Root"]

    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/Lang"] == "en"
    assert "/StructTreeRoot" in root


def test_what_people_write_is_text_and_never_markup(house):
    page = read(pdf.render_pdf("letter.typ", DATA, now=NOW)).pages[0]

    assert DATA["words"] in page.extract_text()


def test_the_same_page_is_the_same_file(house):
    assert pdf.render_pdf("letter.typ", DATA, now=NOW) == pdf.render_pdf(
        "letter.typ", DATA, now=NOW
    )


def test_a_page_that_a_screen_reader_could_not_read_is_refused(house):
    (house / "letter.typ").write_text("= No title is set")

    with pytest.raises(typst.TypstError, match="title"):
        pdf.render_pdf("letter.typ", DATA, now=NOW)
