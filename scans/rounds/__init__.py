"""Measurement rounds, from opening to closing. The pure policy is in scans/scoring; here it meets the database."""
