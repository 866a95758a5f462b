"""Long lists of words: a word is found where it stands, and nothing else is."""

from hypothesis import given
from hypothesis import strategies as st

from assembly_extract.word_lists import WordList, each_line

WORDS = st.lists(st.text("กขาง์a.[\\", min_size=1, max_size=5), min_size=1, unique=True)


@given(WORDS, st.text("กขาง์a.[\\", max_size=5))
def test_words_are_found_where_they_stand(words, other):
    known = WordList("\n".join(words))
    assert [known.index(word) for word in words] == list(range(len(words)))
    assert (other in known) == (other in words)


@given(WORDS)
def test_lines_are_those_of_the_text(words):
    text = "\n".join(words * 4000)
    assert list(each_line(text)) == words * 4000
