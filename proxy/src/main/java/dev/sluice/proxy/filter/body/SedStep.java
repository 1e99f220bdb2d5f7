package dev.sluice.proxy.filter.body;

import com.google.re2j.Matcher;
import dev.sluice.routes.args.LiteralShape;
import dev.sluice.routes.spi.BodyProblem;
import dev.sluice.routes.spi.BodyStep;
import dev.sluice.routes.spi.BodyStep.Next;
import dev.sluice.routes.spi.BodyStep.Room;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Replaces the matches of a regular expression in a body that streams through.
///
/// The body is looked at in pieces. Behind the last match of a piece a match may begin that the next input completes, so that text is held
/// back (of a pattern made of literals only as much as a word is long) and looked at again together with what comes, at the earliest when as
/// much again has come: each byte is scanned a bounded number of times. At the buffer's limit what is held is given up as it is, or the body is
/// broken off. With a delimiter the pieces are those between delimiters, each complete in itself. The byte before a piece is kept, so
/// that `^` and `\b` see what stands there.
///
/// Empty matches are skipped. The replacement is literal.
final class SedStep implements BodyStep {
  private final Edit edit;
  private final int heldOfLiterals;
  private final ByteQueue waiting = new ByteQueue();

  /// The piece being edited: [at, cut) is decided and not written yet, then comes the replacement if `replacing`, then `next`.
  private byte[] piece = {};
  private int at;
  private int cut;
  private int next;
  private int written = -1;
  private boolean complete;
  private @Nullable Matcher matcher;
  private int searchFrom;
  /// Bytes to have before looking again.
  private int lookAt;
  private byte before;
  private boolean begun;

  SedStep(Edit edit) {
    this.edit = edit;
    LiteralShape literals = edit.pattern().literals();
    heldOfLiterals = literals != null && !literals.start() && !literals.end()
        ? literals.words().stream().mapToInt(word -> word.getBytes(StandardCharsets.UTF_8).length).max().orElse(1) - 1
        : -1;
  }

  @Override
  public Next step(ByteBuffer in, boolean last, Room out) throws BodyProblem {
    while (true) {
      if ((at < cut || written >= 0) && !write(out.buffer())) {
        return Next.ROOM;
      }
      if (!decide() && !nextPiece(in, last)) {
        return last ? Next.END : Next.INPUT;
      }
    }
  }

  /// Writes what is decided; false when the room is full first.
  private boolean write(ByteBuffer room) {
    int count = Math.min(room.remaining(), cut - at);
    room.put(piece, at, count);
    at += count;
    if (at < cut) {
      return false;
    }
    if (written >= 0) {
      int rest = Math.min(room.remaining(), edit.replacement().length - written);
      room.put(edit.replacement(), written, rest);
      written += rest;
      if (written < edit.replacement().length) {
        return false;
      }
      written = -1;
    }
    return true;
  }

  /// Finds the next match in the piece and decides what stands before it; at the piece's end decides what can be given up. False when
  /// nothing is left to do with this piece.
  private boolean decide() throws BodyProblem {
    at = next;
    cut = next;
    if (matcher == null) {
      return false;
    }
    while (searchFrom <= piece.length && matcher.find(searchFrom)) {
      if (matcher.start() == matcher.end()) {
        searchFrom = behindCharacter(matcher.end());
        continue;
      }
      searchFrom = matcher.end();
      boolean open = matcher.end() == piece.length && !complete;
      if (open && piece.length - matcher.start() <= edit.maxBuffer()) {
        return hold(matcher.start());
      }
      if (open && edit.abort()) {
        throw full();
      }
      cut = matcher.start();
      next = matcher.end();
      written = 0;
      return true;
    }
    if (complete) {
      return release(piece.length);
    }
    if (heldOfLiterals >= 0) {
      return hold(Math.max(at, piece.length - heldOfLiterals));
    }
    if (piece.length - at <= edit.maxBuffer()) {
      return hold(at);
    }
    if (edit.abort()) {
      throw full();
    }
    return release(piece.length);
  }

  private int behindCharacter(int from) {
    int to = from + 1;
    while (to < piece.length && (piece[to] & 0xC0) == 0x80) {
      to++;
    }
    return to;
  }

  /// Gives up what stands before `from` and keeps the rest for the next look.
  private boolean hold(int from) {
    byte[] rest = Arrays.copyOfRange(piece, from, piece.length);
    waiting.putBack(rest);
    lookAt = heldOfLiterals >= 0 ? rest.length + 1 : rest.length * 2;
    return release(from);
  }

  private boolean release(int to) {
    matcher = null;
    cut = to;
    next = to;
    if (to > 0) {
      before = piece[to - 1];
      begun = true;
    }
    return true;
  }

  /// Takes input and makes the next piece of it; false when there is nothing to look at yet.
  private boolean nextPiece(ByteBuffer in, boolean last) throws BodyProblem {
    waiting.append(in);
    if (waiting.size() == 0) {
      return false;
    }
    byte[] delimiter = edit.delimiter();
    if (delimiter != null) {
      return nextDelimited(delimiter, last);
    }
    if (!last && waiting.size() < lookAt && waiting.size() <= edit.maxBuffer()) {
      return false;
    }
    begin(waiting.take(waiting.size()), begun, last);
    return true;
  }

  private boolean nextDelimited(byte[] delimiter, boolean last) throws BodyProblem {
    int end = waiting.find(delimiter);
    if (end >= 0) {
      begin(waiting.take(end + delimiter.length), false, true);
      return true;
    }
    if (last) {
      begin(waiting.take(waiting.size()), false, true);
      return true;
    }
    if (waiting.size() <= edit.maxBuffer()) {
      return false;
    }
    if (edit.abort()) {
      throw full();
    }
    begin(waiting.take(waiting.size()), false, true);
    return true;
  }

  /// @param continued text stands before the piece: it is put in front by its last byte and never written again
  private void begin(byte[] text, boolean continued, boolean whole) {
    complete = whole;
    int skip = continued ? 1 : 0;
    piece = text;
    if (continued) {
      piece = new byte[text.length + 1];
      piece[0] = before;
      System.arraycopy(text, 0, piece, 1, text.length);
    }
    at = skip;
    cut = skip;
    next = skip;
    searchFrom = skip;
    matcher = edit.pattern().compiled().matcher(piece);
  }

  private BodyProblem full() {
    return new BodyProblem(502, "sed: no complete match within " + edit.maxBuffer() + " bytes");
  }
}
