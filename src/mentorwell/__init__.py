"""Mentorwell: mentoring in medicine, as self-hosted software."""
