"""What holds for all tests with other programs' libraries."""

from assembly_extract.tagger.threads import load_numpy

# Their libraries load numpy: before they do, as the tagger wants it. With a thread for each core, an
# article costs many times as much on a busy machine.
load_numpy()
