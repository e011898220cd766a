"""Everyone's browser."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from http.cookies import SimpleCookie

from django.http import HttpResponse
from django.test import Client

from tests.world.world import ACTORS, World


class Visitors:
    """Everyone in one browser, each signed in once.

    One and the same for all, because each new one would load all middleware anew. What goes
    wrong in a page is a page too, as it is for people.
    """

    def __init__(self, world: World) -> None:
        self.world = world
        self._browser = Client(raise_request_exception=False)
        self._cookies = {actor: self._sign_in(actor) for actor in ACTORS}

    def _sign_in(self, actor: str) -> SimpleCookie:
        client = Client()
        if self.world.actors[actor] is not None:
            client.force_login(self.world.person(actor))
        return client.cookies

    def browser(self, actor: str) -> Client:
        """Return the browser as the actor left it when they had just signed in."""
        self._browser.cookies = deepcopy(self._cookies[actor])
        return self._browser

    @contextmanager
    def on_a_strange_page(self) -> Iterator[None]:
        """Let requests come from a page that is not ours, as the protection against it sees it."""
        self._browser.handler.enforce_csrf_checks = True
        yield
        self._browser.handler.enforce_csrf_checks = False


def words_in(response: HttpResponse, world: World) -> set[str]:
    """The keys of the words that an answer holds, wherever it holds them."""
    text = "\n".join(
        (
            response.content.decode(errors="replace"),
            response.serialize_headers().decode(errors="replace"),
            response.cookies.output(),
        )
    )
    return {key for key, word in world.words.planted.items() if word in text}
