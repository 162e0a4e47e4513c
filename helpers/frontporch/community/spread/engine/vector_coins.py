"""Eight coins at once, in the processor's vectors: the same bits as `kernels.tossed`.

A cascade spends most of its time on coins, and a compiler makes no vectors of them by itself,
because few people have many ties. So the eight coins are written down as vectors here; where a
processor has shorter ones, the compiler splits them.
"""

import numpy as np

from ....groups import needs
from ....streams import FIRST, SECOND

with needs("A compiled kernel"):
    from numba import types
    from numba.core import cgutils
    from numba.extending import intrinsic
    from numba.np.arrayobj import make_array

    from llvmlite import ir  # isort: skip - comes with numba, so numba is missed first

LANES = 8
BIT, WORD = ir.IntType(1), ir.IntType(64)
WORDS = ir.VectorType(WORD, LANES)


def _all(number):
    """Give a vector of one number eight times."""
    return ir.Constant(WORDS, [int(number)] * LANES)


def _spread(builder, value):
    """Give a vector of one value eight times."""
    kind = ir.VectorType(value.type, LANES)
    one = builder.insert_element(
        ir.Constant(kind, ir.Undefined), value, ir.Constant(ir.IntType(32), 0)
    )
    places = ir.Constant(ir.VectorType(ir.IntType(32), LANES), [0] * LANES)
    return builder.shuffle_vector(one, ir.Constant(kind, ir.Undefined), places)


def _loaded(context, builder, array_type, array, at):
    """Load eight neighbours of an array of whole numbers, and widen them."""
    data = make_array(array_type)(context, builder, array).data
    width = ir.VectorType(context.get_data_type(array_type.dtype), LANES)
    loaded = builder.load(builder.bitcast(builder.gep(data, [at]), width.as_pointer()))
    loaded.align = array_type.dtype.bitwidth // 8
    return loaded if array_type.dtype.bitwidth == 64 else builder.zext(loaded, WORDS)


def _tossed(builder, key, person, targets, directed):
    """Give 53 bits of each coin; a tie without direction has one coin, whoever passes it on."""
    swapped = builder.and_(
        builder.icmp_unsigned("<", targets, person), _spread(builder, builder.not_(directed))
    )
    low = builder.select(swapped, targets, person)
    high = builder.select(swapped, person, targets)
    bits = builder.xor(key, builder.or_(builder.shl(low, _all(32)), high))
    bits = builder.mul(builder.xor(bits, builder.lshr(bits, _all(30))), _all(FIRST))
    bits = builder.mul(builder.xor(bits, builder.lshr(bits, _all(27))), _all(SECOND))
    return builder.lshr(builder.xor(bits, builder.lshr(bits, _all(31))), _all(11))


def _fallen(limits_of):
    """Make the function that tosses eight coins and holds each against its limit."""

    def fallen(typingctx, targets, at, person, key, limits, directed):
        signature = types.uint64(
            targets, types.intp, types.uint64, types.uint64, limits, types.boolean
        )

        def generated(context, builder, signature, args):
            array, at, person, key, limits, directed = args
            there = _loaded(context, builder, signature.args[0], array, at)
            bits = _tossed(
                builder,
                _spread(builder, key),
                _spread(builder, person),
                there,
                cgutils.is_true(builder, directed),
            )
            limit = limits_of(context, builder, signature.args[4], limits, there, at)
            fell = builder.icmp_unsigned("<", bits, limit)
            return builder.zext(builder.bitcast(fell, ir.IntType(LANES)), WORD)

        return signature, generated

    return intrinsic(fallen)


def _one_for_all(context, builder, kind, limits, there, at):
    data = make_array(kind)(context, builder, limits).data
    return _spread(builder, builder.load(data))


def _by_person(context, builder, kind, limits, there, at):
    data = make_array(kind)(context, builder, limits).data
    found = ir.Constant(WORDS, ir.Undefined)
    for lane in range(LANES):
        place = ir.Constant(ir.IntType(32), lane)
        one = builder.load(builder.gep(data, [builder.extract_element(there, place)]))
        found = builder.insert_element(found, one, place)
    return found


def _by_arc(context, builder, kind, limits, there, at):
    return _loaded(context, builder, kind, limits, at)


fallen_alike = _fallen(_one_for_all)
fallen_by_person = _fallen(_by_person)
fallen_by_arc = _fallen(_by_arc)


@intrinsic
def lowest_bit(typingctx, mask):
    """Give the place of the lowest bit that is set."""

    def generated(context, builder, signature, args):
        return builder.cttz(args[0], ir.Constant(BIT, 1))

    return types.int64(types.uint64), generated


WITHIN = np.array([(1 << k) - 1 for k in range(LANES + 1)], dtype=np.uint64)
"""Masks of the first so many of eight."""
