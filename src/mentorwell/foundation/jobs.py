"""Hand work to the background worker without importing it."""

from typing import TYPE_CHECKING, cast

from django.utils.module_loading import import_string


if TYPE_CHECKING:
    from django_tasks.base import Task


def enqueue(task: str, **ids: int | str) -> None:
    """Queue `task`, a dotted path to a function decorated with `@task`.

    The job row is written in the caller's transaction: it appears when that commits and not
    at all otherwise, so a job is neither lost nor run too early. Pass ids, never model
    instances or text: the worker reads the row afresh, and a job row must hold nothing that
    anybody wrote. A job may run twice (its worker may die before it says so), so it looks
    first whether there is anything left to do.
    """
    cast("Task[..., object]", import_string(task)).enqueue(**ids)
