"""What a class holds in its hands: predictions, checks, controls and the evidence."""

from .ask import predict_choice, predict_curve, predict_number
from .checks import Question, Verdict, check, hint, question, solution
from .controls import Choice, Panel, Slider, panel
from .evidence import evidence, verdict
from .exercise import Diagnosis, Exercise
from .overlay import lay_over
from .predictions import Prediction, predict, prediction, predictions
from .teams import Team, team

__all__ = [
    "Choice",
    "Diagnosis",
    "Exercise",
    "Panel",
    "Prediction",
    "Question",
    "Slider",
    "Team",
    "Verdict",
    "check",
    "evidence",
    "hint",
    "lay_over",
    "panel",
    "predict",
    "predict_choice",
    "predict_curve",
    "predict_number",
    "prediction",
    "predictions",
    "question",
    "solution",
    "team",
    "verdict",
]
