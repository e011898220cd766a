"""Pages of messages and notes."""
