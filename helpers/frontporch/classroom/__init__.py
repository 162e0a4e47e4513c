"""What a class holds in its hands: predictions, checks, controls and the evidence."""

from .ask import predict_choice, predict_curve, predict_number
from .checks import Diagnosis, Exercise, Verdict, check, hint, solution
from .controls import Choice, Panel, Slider, panel
from .evidence import evidence, verdict
from .overlay import lay_over
from .predictions import Prediction, predict, prediction, predictions

__all__ = [
    "Choice",
    "Diagnosis",
    "Exercise",
    "Panel",
    "Prediction",
    "Slider",
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
    "solution",
    "verdict",
]
