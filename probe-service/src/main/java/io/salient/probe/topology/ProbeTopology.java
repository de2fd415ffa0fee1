package io.salient.probe.topology;

import io.salient.probe.training.FittingQueue;
import io.salient.schemas.TopicSerdes;
import io.salient.schemas.Topics;
import io.salient.streams.DeadLetters;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * The service in one picture.
 *
 * <pre>
 * salient.activations --&gt; decode --&gt; probe --&gt; salient.probes
 *                           |          |  ^
 *                           |          |  '--- fitting thread, matrix files
 *                           '----------'--&gt; salient.dead-letters
 * </pre>
 *
 * @param topics where records come from and go to
 * @param concepts those that are fitted; empty for all
 * @param settings of the probes
 * @param stores makes the state stores
 * @param fitting fits off the stream thread
 * @param metrics counts
 */
public record ProbeTopology(
    Topics topics,
    Set<String> concepts,
    ProbeProcessorSettings settings,
    ProbeStores stores,
    FittingQueue fitting,
    ProbeMetrics metrics) {
  static final String ACTIVATIONS = "activations";
  static final String DECODE = "decode";
  static final String PROBE = "probe";
  static final String PROBES = "probes";

  /** The topology, every node and store with a name of its own. */
  public Topology build() {
    Topology topology = new Topology();
    topology.addSource(
        ACTIVATIONS,
        Serdes.ByteArray().deserializer(),
        Serdes.ByteArray().deserializer(),
        topics.activations());
    topology.addProcessor(DECODE, () -> new ActivationDecoder(metrics), ACTIVATIONS);
    topology.addProcessor(
        PROBE, () -> new ProbeProcessor(topics, concepts, settings, fitting, metrics), DECODE);
    topology.addSink(
        PROBES,
        topics.probes(),
        Serdes.String().serializer(),
        TopicSerdes.probes().serializer(),
        PROBE);
    topology.addSink(
        DeadLetters.SINK,
        topics.deadLetters(),
        Serdes.ByteArray().serializer(),
        Serdes.ByteArray().serializer(),
        DECODE,
        PROBE);
    return topology
        .addStateStore(stores.formats(), PROBE)
        .addStateStore(stores.checkpoints(), PROBE)
        .addStateStore(stores.progress(), PROBE)
        .addStateStore(stores.probes(), PROBE)
        .addStateStore(stores.reports(), PROBE);
  }

  static DeadLetters deadLetters(ProcessorContext<Object, Object> context, ProbeMetrics metrics) {
    return new DeadLetters("probe", context, metrics::deadLetter);
  }
}
