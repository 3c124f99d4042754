"""A demo for development: made-up municipalities that lived through rounds, by way of the real services."""
