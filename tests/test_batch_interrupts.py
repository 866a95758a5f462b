"""Ctrl-C is heard wherever it comes."""

import os
import signal
import threading

import pytest

from assembly_extract.batch.interrupts import noted_interrupts


class Freed:
    """Gets Ctrl-C while it is freed, where Python lets no exception out."""

    def __del__(self):
        os.kill(os.getpid(), signal.SIGINT)
        for _ in range(10):
            pass


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_interrupt_that_no_exception_can_tell_is_noted():
    with noted_interrupts(raising=True) as interrupted:
        Freed()
        assert interrupted.is_set()


def test_an_interrupt_raises_where_it_can():
    with (
        pytest.raises(KeyboardInterrupt),
        noted_interrupts(raising=True),
    ):
        signal.raise_signal(signal.SIGINT)


def test_a_note_first_then_an_exception():
    before = signal.getsignal(signal.SIGINT)
    with noted_interrupts(raising=False) as interrupted:
        signal.raise_signal(signal.SIGINT)
        assert interrupted.is_set()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before


def test_other_threads_get_no_signals():
    seen = []

    def work():
        with noted_interrupts(raising=True) as interrupted:
            seen.append(interrupted.is_set())

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen == [False]
