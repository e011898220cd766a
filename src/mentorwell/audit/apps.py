"""Start-up of the audit trail."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Append-only trail of what was done."""

    name = "mentorwell.audit"
    label = "audit"
