from .asking.ask_first import ask_first
from .checking.answers import answer, hint, question, solution
from .checking.desk import exercise
from .checking.exercise import Diagnosis, Exercise
from .checking.experiment import Experiment
from .checking.teams import team
from .controls import Choice, Slider, panel
from .course_package import use_course
from .deciding.account import account
from .deciding.decide import decide
from .deciding.decision import Decision
from .deciding.memo import memo
from .evidence_shown import evidence, verdict, verdicts
from .handing_in.hand_in import hand_in
from .playing import play
from .predicting.ask import predict_choice, predict_curve, predict_number
from .predicting.calibration import calibration
from .predicting.outcome import Outcome
from .predicting.predictions import predict, prediction, predictions
from .predicting.result import result

__all__ = [
    "Choice",
    "Decision",
    "Diagnosis",
    "Exercise",
    "Experiment",
    "Outcome",
    "Slider",
    "account",
    "answer",
    "ask_first",
    "calibration",
    "decide",
    "evidence",
    "exercise",
    "hand_in",
    "hint",
    "memo",
    "panel",
    "play",
    "predict",
    "predict_choice",
    "predict_curve",
    "predict_number",
    "prediction",
    "predictions",
    "question",
    "result",
    "solution",
    "team",
    "use_course",
    "verdict",
    "verdicts",
]
