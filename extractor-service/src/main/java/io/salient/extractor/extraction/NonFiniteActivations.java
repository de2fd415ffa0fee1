package io.salient.extractor.extraction;

import io.salient.extractor.checkpoint.CheckpointException;
import io.salient.extractor.model.Dtype;
import io.salient.extractor.model.NonFiniteOutputException;
import io.salient.extractor.model.NonFiniteOutputException.Place;
import io.salient.extractor.model.WordBatch;
import io.salient.extractor.tokenization.ExtractionCorpus;

/** Says for people at which word of the corpus a model's output was not finite. */
final class NonFiniteActivations {
  private NonFiniteActivations() {}

  /** Words are told by their indices: no text of the corpus goes into messages and logs. */
  static CheckpointException at(
      ExtractionCorpus corpus,
      ExtractionCorpus.Batch batch,
      Dtype dtype,
      NonFiniteOutputException e) {
    Place place = e.place();
    return new CheckpointException(
        "activations.non-finite",
        "the model's output is not finite although its weights are: %s arises in layer %d, unit %d, at %s: %s"
            .formatted(
                place.value(),
                place.layer(),
                place.unit(),
                where(corpus, batch, place),
                dtype == Dtype.FLOAT32
                    ? "the values are too large for float32; take an earlier checkpoint"
                    : "set salient.extractor.dtype to float32, or take an earlier checkpoint"),
        e);
  }

  private static String where(ExtractionCorpus corpus, ExtractionCorpus.Batch batch, Place place) {
    int row = -1;
    for (int i = 0; i < batch.rows().length; i++) {
      WordBatch.Word word = batch.words().words()[i];
      if (word.sentence() == place.sentence()) {
        row = batch.rows()[i];
        if (word.first() <= place.position() && place.position() <= word.last()) {
          return "word %d of sentence %d of %s"
              .formatted(inSentence(corpus, row), corpus.sentence(row), corpus.info().getName());
        }
      }
    }
    // a special subword, or a word whose vector is taken from another window
    return "subword %d of sentence %d of %s"
        .formatted(place.position(), corpus.sentence(row), corpus.info().getName());
  }

  private static int inSentence(ExtractionCorpus corpus, int row) {
    return row - corpus.info().getSentenceStarts().get(corpus.sentence(row));
  }
}
