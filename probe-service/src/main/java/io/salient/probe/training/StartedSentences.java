package io.salient.probe.training;

import io.salient.lca.SentenceGroups;
import io.salient.lca.Split;
import io.salient.schemas.avro.CorpusInfo;
import io.salient.schemas.avro.ExtractionStarted;
import io.salient.schemas.avro.SplitBy;
import java.nio.ByteOrder;
import java.util.List;

/** The sentences of an extraction's corpus, which of them are alike, and how they are split. */
public final class StartedSentences {
  private StartedSentences() {}

  /**
   * Each sentence a group of its own where the extraction, of a version before, tells no groups.
   */
  public static SentenceGroups of(ExtractionStarted started) {
    CorpusInfo corpus = started.getCorpus();
    int[] starts = corpus.getSentenceStarts().stream().mapToInt(Integer::intValue).toArray();
    if (!corpus.getGroups().hasRemaining()) {
      return SentenceGroups.byPosition(starts, corpus.getWords());
    }
    int[] keys = new int[starts.length];
    corpus.getGroups().duplicate().order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(keys);
    return SentenceGroups.of(starts, keys, corpus.getWords());
  }

  /** Train, dev and test words. */
  static Split split(ExtractionStarted started, SentenceGroups sentences) {
    List<Integer> files = started.getCorpus().getFileStarts();
    return started.getCorpus().getSplit() == SplitBy.FILE
        ? Split.byFile(sentences, files.get(0), files.get(1))
        : Split.byGroup(sentences);
  }

  /** Why they cannot be split; empty when they can. Their starts are looked at before. */
  public static String problem(CorpusInfo corpus) {
    int sentences = corpus.getSentenceStarts().size();
    int bytes = corpus.getGroups().remaining();
    if (bytes != 0 && bytes != Integer.BYTES * (long) sentences) {
      return bytes + " bytes of groups for " + sentences + " sentences";
    }
    List<Integer> files = corpus.getFileStarts();
    if (corpus.getSplit() != SplitBy.FILE) {
      return "";
    }
    boolean inOrder =
        files.size() == 2
            && files.get(0) >= 0
            && files.get(1) >= files.get(0)
            && files.get(1) <= sentences;
    return inOrder ? "" : "files begin at sentences " + files + " of " + sentences;
  }
}
