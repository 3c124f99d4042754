"""Every address × every kind of visitor × every method: what is asked, what is expected, and the differences."""
