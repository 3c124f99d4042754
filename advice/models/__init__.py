"""Advising: what the guides offer (library) and which answer leads to what (rules)."""

from .library import Fact, Intervention, Term
from .rules import AdviceRule, CombinedRule, ThemeAdvice

__all__ = ["AdviceRule", "CombinedRule", "Fact", "Intervention", "Term", "ThemeAdvice"]
