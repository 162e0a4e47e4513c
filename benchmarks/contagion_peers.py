"""Other packages' cascades, each with a graph of its own and the same question.

Every peer has ``load(town, task, start)``, which is not timed, and ``run(runs, seed)``, which gives
the sizes of so many cascades, or their mean where the peer says no more. ``installed`` lists those
that are there: ``pip install --group peers`` installs them all where they can be built.
"""

import array
import importlib.util
import random
import warnings

import numpy as np


def in_degree(town):
    """How many arcs come in, by person, and one for whom none does."""
    return np.maximum(np.bincount(town.targets, minlength=town.size), 1)


def loop_networkx(graph, start, draw, answers):
    """One cascade as users write it: a set, a frontier and the graph's neighbours."""
    adopted, fresh, exposures = set(start), list(start), {}
    while fresh:
        following = []
        for person in fresh:
            for other in graph.neighbors(person):
                if other in adopted:
                    continue
                exposures[other] = exposures.get(other, 0) + 1
                if answers(draw, exposures[other], other):
                    adopted.add(other)
                    following.append(other)
        fresh = following
    return len(adopted)


class Networkx:
    """networkx as users write it; any rule."""

    name = "networkx"

    def can(self, task):
        return True

    def load(self, town, task, start):
        self.graph, self.start = town.to_networkx(), start
        self.answers = task.answers(in_degree(town).tolist())

    def run(self, runs, seed):
        draw = random.Random(seed)
        return np.array(
            [loop_networkx(self.graph, self.start, draw, self.answers()) for _ in range(runs)]
        )


class Cynetdiff:
    """cynetdiff, compiled; independent cascade and linear threshold."""

    name = "cynetdiff"

    def can(self, task):
        return not task.name.startswith("complex")

    def load(self, town, task, start):
        from cynetdiff.models import IndependentCascadeModel, LinearThresholdModel

        starts = array.array("I", np.asarray(town.starts[:-1], dtype=np.uint32).tobytes())
        edges = array.array("I", np.asarray(town.targets, dtype=np.uint32).tobytes())
        rng = np.random.default_rng(7)
        if task.name == "linear threshold":
            self.model = LinearThresholdModel(starts, edges, rng=rng)
        elif task.name == "weighted cascade":
            chance = (1 / in_degree(town))[town.targets].astype(np.float32)
            chances = array.array("f", chance.tobytes())
            self.model = IndependentCascadeModel(starts, edges, activation_probs=chances, rng=rng)
        else:
            self.model = IndependentCascadeModel(starts, edges, activation_prob=task.p, rng=rng)
        self.model.set_seeds(set(start))

    def run(self, runs, seed):
        self.model.set_rng(np.random.default_rng(seed))
        sizes = np.empty(runs)
        for k in range(runs):
            self.model.reset_model()
            self.model.advance_until_completion()
            sizes[k] = self.model.get_num_activated_nodes()
        return sizes


class Pynetim:
    """pynetim, compiled; independent cascade and linear threshold."""

    name = "pynetim"

    def can(self, task):
        return not task.name.startswith("complex")

    def load(self, town, task, start):
        from pynetim import IMGraph, IndependentCascadeModel, LinearThresholdModel

        arcs = list(zip(town.sources.tolist(), town.targets.tolist(), strict=True))
        by_degree = (1 / in_degree(town))[town.targets].tolist() if task.p is None else None
        # People keep their numbers only if they come in order and nobody is missing.
        self.graph = IMGraph(arcs, weights=by_degree or task.p, renumber=False)
        kind = LinearThresholdModel if task.name == "linear threshold" else IndependentCascadeModel
        self.model = kind(self.graph, set(start))

    def run(self, runs, seed):
        # One seed serves many runs, of which it gives the mean: the means of some parts.
        parts = min(runs, 20)
        return np.array(
            [
                self.model.run_monte_carlo_diffusion(runs // parts, seed * 100 + k)
                for k in range(parts)
            ]
        )


class Ndlib:
    """ndlib; independent cascade."""

    name = "ndlib"

    def can(self, task):
        return task.name == "independent cascade"

    def load(self, town, task, start):
        from ndlib.models import ModelConfig
        from ndlib.models.epidemics import IndependentCascadesModel

        self.start = list(start)
        self.model = IndependentCascadesModel(town.to_networkx())
        config = ModelConfig.Configuration()
        config.add_model_initial_configuration("Infected", self.start)
        for edge in self.model.graph.edges:
            config.add_edge_configuration("threshold", edge, task.p)
        self.model.set_initial_status(config)

    def run(self, runs, seed):
        # It draws from numpy's global generator.
        np.random.seed(seed)  # noqa: NPY002
        sizes = np.empty(runs)
        for k in range(runs):
            self.model.reset(self.start)
            counted = self.model.iteration(node_status=False)["node_count"]
            while counted[1]:
                counted = self.model.iteration(node_status=False)["node_count"]
            sizes[k] = counted[2]
        return sizes


def installed():
    """Give the peers that are there, fastest first, and name those that are not."""
    found = []
    for peer in (Cynetdiff(), Pynetim(), Networkx(), Ndlib()):
        if importlib.util.find_spec(peer.name) is None:
            print(f"{peer.name} is not installed")
            continue
        if peer.name == "ndlib":
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                try:
                    importlib.import_module("ndlib.models.epidemics")
                except ImportError as missing:
                    print(f"ndlib does not import: {missing}")
                    continue
        found.append(peer)
    return found
