from .contact import at_random, at_week, fading, steady
from .gain import fit_gain
from .hazard import offer_effect
from .immortal import immortal_time
from .model import OfferModel
from .splitting import split_at_offer
from .trial import trial

__all__ = [
    "OfferModel",
    "at_random",
    "at_week",
    "fading",
    "fit_gain",
    "immortal_time",
    "offer_effect",
    "split_at_offer",
    "steady",
    "trial",
]
