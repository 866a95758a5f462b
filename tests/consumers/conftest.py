"""What holds for all tests with other programs' libraries."""

import os

import pytest

from assembly_extract.tagger.threads import load_numpy

# Their libraries load numpy: before they do, as the tagger wants it. With a thread for each core, an
# article costs many times as much on a busy machine.
load_numpy()


@pytest.fixture(autouse=True)
def environment():
    """Take back what a library leaves in the environment, which later tests' processes inherit.

    Dask's local cluster leaves a seed for hashes there, among others.
    """
    before = dict(os.environ)
    yield
    os.environ.clear()
    os.environ.update(before)
