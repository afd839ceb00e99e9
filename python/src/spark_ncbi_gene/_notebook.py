"""What a notebook needs besides: short errors, a progress bar, and jobs that end with an interrupted cell."""

from __future__ import annotations

from typing import Any

from . import _interrupt, _progress
from ._errors import NcbiGeneError, short_error

_MARK = "_spark_ncbi_gene"


def install(shell: Any = None) -> None:
    """Installs all three in IPython; does nothing where Python runs without it, or where they are installed."""
    if shell is None:
        try:
            from IPython import get_ipython
        except ImportError:
            return
        shell = get_ipython()  # type: ignore[no-untyped-call, unused-ignore]
    if shell is None or hasattr(shell, _MARK):
        return
    cells = _Cells()
    setattr(shell, _MARK, cells)
    shell.events.register("pre_run_cell", cells.begin)
    shell.events.register("post_run_cell", cells.end)
    _shorten(shell)


class _Cells:
    """Follows the cells of a notebook."""

    def __init__(self) -> None:
        self._shown: Any = None

    def begin(self, *_: Any) -> None:
        self._stop()
        for spark in _interrupt.sessions()[:1]:
            _interrupt.mark(spark)
            # A kernel has a handler of its own for each cell.
            _interrupt.handle_signal()
            self._shown = _progress.start(spark)

    def end(self, result: Any = None) -> None:
        self._stop()
        if isinstance(getattr(result, "error_in_exec", None), KeyboardInterrupt):
            _interrupt.cancel()

    def _stop(self) -> None:
        if self._shown is not None:
            self._shown.stop()
            self._shown = None


def _shorten(shell: Any) -> None:
    """Shows errors of the connector by their line. A handler of exceptions that was there before gets the others."""
    before, others = shell.CustomTB, tuple(shell.custom_exceptions)

    def show(shell: Any, kind: Any, error: Any, trace: Any, tb_offset: Any = None) -> Any:
        short = short_error(error)
        if short is not None:
            shell._showtraceback(NcbiGeneError, short, [f"NcbiGeneError: {short}"])
            return None
        if others and issubclass(kind, others):
            return before(kind, error, trace, tb_offset)
        return shell.showtraceback((kind, error, trace), tb_offset=tb_offset)

    shell.set_custom_exc((Exception,), show)
