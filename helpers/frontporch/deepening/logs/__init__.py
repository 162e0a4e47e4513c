"""From a raw log of interactions to encounters, exchanges, spells and life tables."""

from .bootstrap import Bootstrap, bootstrap, share_within
from .duckdb_log import read_large
from .encounters import encounters, waits
from .exchanges import exchange_ladder, replies, reply_latency
from .life_tables import life_tables
from .log import Log, read
from .pictures import plot_exchanges
from .spells import spells
from .stages import STAGES, Rule, by_count, by_exchanges
from .synthetic import Calibration
from .timeline import Timeline

__all__ = [
    "STAGES",
    "Bootstrap",
    "Calibration",
    "Log",
    "Rule",
    "Timeline",
    "bootstrap",
    "by_count",
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
