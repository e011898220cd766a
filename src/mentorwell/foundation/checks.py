"""System checks of the house; they run in `make check` and at every start."""

from collections.abc import Iterable
from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error
from django.db.models import Model

from mentorwell.foundation.models import BASE_PRIVACY
from mentorwell.foundation.register import EXTERNAL


def register_of(model: type[Model]) -> dict[str, Any]:
    """Return the privacy register's entries for one model, by field name."""
    if model._meta.label in EXTERNAL:
        return EXTERNAL[model._meta.label]
    return {**BASE_PRIVACY, **getattr(model, "privacy", {})}


def check_register(app_configs: Iterable[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    """Report each stored field that the privacy register lacks, and each entry without a field."""
    configs = list(app_configs) if app_configs is not None else list(apps.get_app_configs())
    problems: list[CheckMessage] = []
    for config in configs:
        for model in config.get_models():
            problems.extend(_compare(model))
    return problems


def _compare(model: type[Model]) -> Iterable[CheckMessage]:
    fields = {field.name for field in model._meta.get_fields() if field.concrete}
    entered = set(register_of(model))
    if model._meta.label not in EXTERNAL:
        entered -= set(BASE_PRIVACY) - fields
    for name in sorted(fields - entered):
        yield Error(
            f"{model._meta.label}.{name} is not in the privacy register.", id="privacy.E001"
        )
    for name in sorted(entered - fields):
        yield Error(
            f"The privacy register names {model._meta.label}.{name}, which does not exist.",
            id="privacy.E002",
        )
