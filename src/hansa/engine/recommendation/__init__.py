"""Partner recommendation: from past cooperation and content to organisations that suit a draft, with reasons."""

from hansa.engine.recommendation.past import Draft, History, Participation, Project, Suggestion
from hansa.engine.recommendation.recommender import Recommender

__all__ = ["Draft", "History", "Participation", "Project", "Recommender", "Suggestion"]
