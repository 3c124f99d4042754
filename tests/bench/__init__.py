"""Measurements as ratios, on this machine, in one run: `./dev bench`. The method is in docs/performance.md."""
