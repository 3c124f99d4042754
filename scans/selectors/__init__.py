"""Reading: frozen dataclasses made for one page or one report."""
