"""The WordPiece tokeniser of Chinese BERT, with the code point range of every token.

It is written out by hand because the same rules run in the program (src/reading/wordpiece.ts):
the reader must see in use exactly the tokens that it was trained on.
"""
import json
import unicodedata

PAD, UNK, CLS, SEP = 0, 100, 101, 102
LONGEST_WORD = 100


def is_cjk(code: int) -> bool:
    """Han characters: each is a token of its own."""
    return (0x4E00 <= code <= 0x9FFF or 0x3400 <= code <= 0x4DBF or 0x20000 <= code <= 0x2CEAF
            or 0xF900 <= code <= 0xFAFF or 0x2F800 <= code <= 0x2FA1F)


def is_punctuation(ch: str) -> bool:
    code = ord(ch)
    if 33 <= code <= 47 or 58 <= code <= 64 or 91 <= code <= 96 or 123 <= code <= 126:
        return True
    return unicodedata.category(ch).startswith("P")


def is_blank(ch: str) -> bool:
    """White space and control characters end a word and are no token."""
    return unicodedata.category(ch)[0] in "ZC"


def lower(ch: str) -> str:
    """Lower case, unless that changes the number of characters (offsets must stay exact)."""
    low = ch.lower()
    return low if len(low) == 1 else ch


class WordPiece:
    def __init__(self, vocabulary):
        self.ids = {token: i for i, token in enumerate(vocabulary)}

    @classmethod
    def from_tokenizer_json(cls, path):
        vocab = json.load(open(path, encoding="utf-8"))["model"]["vocab"]
        return cls(sorted(vocab, key=vocab.get))

    def __call__(self, text: str):
        """Token ids with their start and end (code points) in `text`."""
        ids, starts, ends = [], [], []
        i, n = 0, len(text)
        while i < n:
            ch = text[i]
            if is_blank(ch):
                i += 1
                continue
            if is_cjk(ord(ch)) or is_punctuation(ch):
                ids.append(self.ids.get(lower(ch), UNK))
                starts.append(i)
                ends.append(i + 1)
                i += 1
                continue
            j = i
            while j < n and not (is_blank(text[j]) or is_cjk(ord(text[j])) or is_punctuation(text[j])):
                j += 1
            for token, a, b in self._word("".join(map(lower, text[i:j]))):
                ids.append(token)
                starts.append(i + a)
                ends.append(i + b)
            i = j
        return ids, starts, ends

    def _word(self, word):
        """Greedy longest match; a word with a part that is not in the vocabulary is one unknown token."""
        if len(word) > LONGEST_WORD:
            return [(UNK, 0, len(word))]
        pieces, at = [], 0
        while at < len(word):
            end = len(word)
            while end > at:
                token = self.ids.get(("##" if at else "") + word[at:end])
                if token is not None:
                    break
                end -= 1
            if end == at:
                return [(UNK, 0, len(word))]
            pieces.append((token, at, end))
            at = end
        return pieces
