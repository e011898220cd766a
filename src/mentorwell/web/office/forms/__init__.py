"""What the office types, cleaned."""
