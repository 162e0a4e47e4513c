"""What a class holds in its hands: predictions, checks, controls and the evidence."""

from .asking.ask_first import ask_first
from .asking.control import AskFirst
from .checking.checks import Question, Verdict, check, hint, question, solution
from .checking.exercise import Diagnosis, Exercise
from .checking.teams import Team, team
from .controls import Choice, Panel, Slider, panel
from .evidence import evidence, verdict, verdicts
from .playing import Player, play
from .predicting.ask import predict_choice, predict_curve, predict_number
from .predicting.calibration import Calibration, calibration
from .predicting.overlay import lay_over
from .predicting.pictures import plot_calibration
from .predicting.predictions import Prediction, predict, prediction, predictions

__all__ = [
    "AskFirst",
    "Calibration",
    "Choice",
    "Diagnosis",
    "Exercise",
    "Panel",
    "Player",
    "Prediction",
    "Question",
    "Slider",
    "Team",
    "Verdict",
    "ask_first",
    "calibration",
    "check",
    "evidence",
    "hint",
    "lay_over",
    "panel",
    "play",
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
    "verdicts",
]
