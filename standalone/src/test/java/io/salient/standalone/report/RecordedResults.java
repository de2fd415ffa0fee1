package io.salient.standalone.report;

import io.salient.ranking.view.CompletedNeurons;
import io.salient.schemas.TopicSerdes;
import io.salient.schemas.avro.NeuronDrift;
import io.salient.schemas.avro.ProbeEvaluation;
import io.salient.schemas.avro.RunStatus;
import io.salient.schemas.avro.SalientNeurons;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/**
 * What the pipeline left on the results topic for the demo's model and corpus, in an Avro container
 * with its own schema, so that later schemas read it too. {@code RecordReportResults} makes it.
 */
public final class RecordedResults {
  /** Name of the run. */
  public static final String RUN = "demo";

  private static final String RESOURCE = "/report/demo-results.avro";
  private static final Schema SCHEMA =
      Schema.createUnion(
          SalientNeurons.getClassSchema(),
          NeuronDrift.getClassSchema(),
          ProbeEvaluation.getClassSchema(),
          RunStatus.getClassSchema());

  private RecordedResults() {}

  /**
   * Fresh copies of the records, to be changed freely. Evaluations are joined with their rankings,
   * as readers have them.
   */
  public static List<SpecificRecord> read() {
    TopicSerdes.results(); // Avro trusts our records from here on
    SpecificData data = new SpecificData(SalientNeurons.class.getClassLoader());
    try (InputStream in = RecordedResults.class.getResourceAsStream(RESOURCE);
        DataFileStream<SpecificRecord> stream =
            new DataFileStream<>(in, new SpecificDatumReader<>(SCHEMA, SCHEMA, data))) {
      List<SpecificRecord> records = new ArrayList<>();
      stream.forEach(records::add);
      return joined(records);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<SpecificRecord> joined(List<SpecificRecord> records) {
    for (SpecificRecord one : records) {
      if (one instanceof SalientNeurons neurons) {
        records.stream()
            .filter(ProbeEvaluation.class::isInstance)
            .map(ProbeEvaluation.class::cast)
            .filter(of -> of.getConcept().equals(neurons.getConcept()))
            .filter(of -> of.getStep() == neurons.getStep())
            .forEach(of -> CompletedNeurons.complete(neurons, of));
      }
    }
    records.removeIf(ProbeEvaluation.class::isInstance);
    return records;
  }

  /** Keeps records. */
  public static void write(Collection<SpecificRecord> records, OutputStream out)
      throws IOException {
    try (DataFileWriter<SpecificRecord> writer =
        new DataFileWriter<>(new SpecificDatumWriter<SpecificRecord>(SCHEMA))) {
      writer.setCodec(CodecFactory.deflateCodec(9)).create(SCHEMA, out);
      for (SpecificRecord record : records) {
        writer.append(record);
      }
    }
  }
}
