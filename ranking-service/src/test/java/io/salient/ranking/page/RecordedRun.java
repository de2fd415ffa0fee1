package io.salient.ranking.page;

import io.salient.ranking.live.ResultFeed;
import io.salient.ranking.live.ResultStream;
import io.salient.schemas.ResultKey;
import io.salient.schemas.TopicSerdes;
import io.salient.schemas.avro.DriftAgainst;
import io.salient.schemas.avro.NeuronDrift;
import io.salient.schemas.avro.ProbeEvaluation;
import io.salient.schemas.avro.RunStatus;
import io.salient.schemas.avro.SalientNeurons;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;

/** What the whole pipeline left of the demo, as the tests of the report have it. */
final class RecordedRun {
  static final String RUN = "demo";

  private static final Path FILE =
      Path.of("../standalone/src/test/resources/report/demo-results.avro");

  private RecordedRun() {}

  static void feed(ResultStream results) throws IOException {
    Schema schema =
        Schema.createUnion(
            SalientNeurons.getClassSchema(),
            NeuronDrift.getClassSchema(),
            ProbeEvaluation.getClassSchema(),
            RunStatus.getClassSchema());
    TopicSerdes.results(); // Avro trusts our records from here on
    SpecificData data = new SpecificData(SalientNeurons.class.getClassLoader());
    try (DataFileReader<SpecificRecord> records =
        new DataFileReader<>(FILE.toFile(), new SpecificDatumReader<>(schema, schema, data))) {
      for (SpecificRecord record : records) {
        ResultFeed.feed(results, key(record).text(), TopicSerdes.results().encode(record));
      }
    }
  }

  private static ResultKey key(SpecificRecord record) {
    return switch (record) {
      case SalientNeurons neurons ->
          key(neurons.getConcept(), neurons.getStep(), ResultKey.Kind.NEURONS);
      case ProbeEvaluation evaluation ->
          key(evaluation.getConcept(), evaluation.getStep(), ResultKey.Kind.EVALUATION);
      case NeuronDrift drift -> key(drift.getConcept(), drift.getStep(), kind(drift));
      case RunStatus status -> key(ResultKey.NO_CONCEPT, status.getStep(), ResultKey.Kind.STATUS);
      default -> throw new IllegalStateException(record.getSchema().getName());
    };
  }

  private static ResultKey.Kind kind(NeuronDrift drift) {
    return drift.getAgainst() == DriftAgainst.BASELINE
        ? ResultKey.Kind.DRIFT_BASELINE
        : ResultKey.Kind.DRIFT_PREVIOUS;
  }

  private static ResultKey key(String concept, long step, ResultKey.Kind kind) {
    return new ResultKey(RUN, concept, step, kind);
  }
}
