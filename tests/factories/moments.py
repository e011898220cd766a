"""The moment at which test stories play: a Wednesday noon."""

from datetime import UTC, datetime


NOW = datetime(2030, 1, 9, 12, tzinfo=UTC)
