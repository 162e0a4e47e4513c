"""What a class holds in its hands: predictions, checks, controls and the evidence."""

from .checking.checks import Question, Verdict, check, hint, question, solution
from .checking.exercise import Diagnosis, Exercise
from .checking.teams import Team, team
from .controls import Choice, Panel, Slider, panel
from .evidence import evidence, verdict
from .predicting.ask import predict_choice, predict_curve, predict_number
from .predicting.calibration import Calibration, calibration
from .predicting.overlay import lay_over
from .predicting.pictures import plot_calibration
from .predicting.predictions import Prediction, predict, prediction, predictions

__all__ = [
    "Calibration",
    "Choice",
    "Diagnosis",
    "Exercise",
    "Panel",
    "Prediction",
    "Question",
    "Slider",
    "Team",
    "Verdict",
    "calibration",
    "check",
    "evidence",
    "hint",
    "lay_over",
    "panel",
    "plot_calibration",
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
