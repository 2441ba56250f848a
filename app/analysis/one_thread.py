"""numpy, held to one thread of linear algebra.

On a busy machine several threads spin and make small matrices three to ten times dearer, and the number of threads
changes the last digits of a sum. `OPENBLAS_NUM_THREADS` only counts before numpy is first imported, and another library
may have done that; so the library that numpy carries is told directly as well, where it is OpenBLAS.
"""

import ctypes
import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
from numpy.linalg import _umath_linalg

_SETTERS = ("scipy_openblas_set_num_threads64_", "openblas_set_num_threads64_", "openblas_set_num_threads")


def hold() -> bool:
    """Hold the linear algebra of this process to one thread; False where numpy carries another library."""
    try:
        library = ctypes.CDLL(str(_umath_linalg.__file__))
    except OSError:  # pragma: no cover - a numpy without a file of its own
        return False
    for name in _SETTERS:
        if hasattr(library, name):
            getattr(library, name)(1)
            return True
    return False  # pragma: no cover - Accelerate or MKL


HELD = hold()

__all__ = ["HELD", "hold", "np"]
