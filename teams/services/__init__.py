"""Verbs that write, each in one transaction. They raise small named errors that views turn into Dutch."""
