"""Looking at a page as a critical reader would: axe-core, widths, themes, pictures."""

import os
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page


PICTURES = Path("test-results")
WIDTHS = (1280, 768, 360, 320)
THEMES = ("light", "dark")
HEIGHT = 900
RULES = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"],
}


def violations(page: Page) -> list[str]:
    """What axe-core finds on the open page; axe itself is brought in once a page."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    found = page.evaluate("options => axe.run(options).then(result => result.violations)", RULES)
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]


def sideways_scroll(page: Page) -> int:
    return page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )


def small_targets(page: Page) -> list[str]:
    """Controls below 24 by 24 px, but for links within a sentence and what nobody can see."""
    return page.evaluate(
        """() => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]
            .filter((e) => e.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
            .filter((e) => !(e.matches('a') && getComputedStyle(e).display === 'inline'))
            .filter((e) => !e.closest('.skip, .unseen'))
            .map((e) => (e.closest('label') && e.matches('[type=radio], [type=checkbox]') ? e.closest('label') : e))
            .map((e) => [e, e.getBoundingClientRect()])
            .filter(([, box]) => box.width && (box.width < 23.9 || box.height < 23.9))
            .map(([e, box]) => `${e.outerHTML.slice(0, 120)} ${Math.round(box.width)}x${Math.round(box.height)}`)"""
    )


def assert_clean(page: Page, *, widths: tuple[int, ...] = WIDTHS) -> None:
    """Hold the open page to the bar: nothing that scrolls sideways and nothing too small to hit
    at any width; no finding of axe-core, light on the widest and dark on the narrowest.
    """
    before = page.viewport_size or {"width": WIDTHS[0], "height": HEIGHT}
    for width in widths:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        assert sideways_scroll(page) <= 0, f"{page.url} scrolls sideways at {width} px"
        assert small_targets(page) == [], f"{page.url} at {width} px"
    for width, theme in zip((max(widths), min(widths)), THEMES, strict=True):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        assert violations(page) == [], f"{page.url} at {width} px, {theme}"
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(before)


def shot(page: Page, name: str, *, width: int | None = None, theme: str = "light") -> None:
    """With PICTURES=1 keep a picture of the whole page in `test-results/`, to be looked at."""
    if not os.environ.get("PICTURES"):
        return
    PICTURES.mkdir(exist_ok=True)
    if width:
        page.set_viewport_size({"width": width, "height": HEIGHT})
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    page.evaluate("document.fonts.ready")
    page.screenshot(path=PICTURES / f"{name}.png", full_page=True)
