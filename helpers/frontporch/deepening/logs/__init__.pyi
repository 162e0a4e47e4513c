from .duckdb_log import read_large
from .exchanges import exchange_ladder, replies, reply_latency
from .meetings import encounters, waits
from .pictures import plot_exchanges
from .reading import read
from .resampling import bootstrap, share_within
from .stages import by_exchanges
from .stays import spells
from .synthetic import Calibration
from .tabulation import life_tables

__all__ = [
    "Calibration",
    "bootstrap",
    "by_exchanges",
    "encounters",
    "exchange_ladder",
    "life_tables",
    "plot_exchanges",
    "read",
    "read_large",
    "replies",
    "reply_latency",
    "share_within",
    "spells",
    "waits",
]
