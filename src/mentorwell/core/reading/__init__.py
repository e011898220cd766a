"""Reads the files an office has: a table out of bytes, our columns in it, people out of its rows."""
