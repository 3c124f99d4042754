"""Pages on which a scan is filled in, in the order in which a respondent meets them."""
