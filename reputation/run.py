"""The spine: gather, judge, score. No rule and no sentence of its own."""
