"""Do what an error says, as somebody who pastes its last line."""

from frontporch.tables import TableError


def options_in(text):
    """Evaluate the options that a message prints."""
    return eval(f"dict({text})", {"__builtins__": {"dict": dict, "True": True, "False": False}})


def last_line(error):
    """Give the options of an error's last line, which must be what the error carries."""
    said = str(error).splitlines()[-1]
    assert said.startswith("Read it with "), str(error)
    options = options_in(said.removeprefix("Read it with "))
    assert options == error.options
    return options


def mended(read, *given, **options):
    """Read after one error at most, whose last line is taken as it is printed."""
    try:
        return read(*given, **options)
    except TableError as error:
        return read(*given, **{**options, **last_line(error)})
