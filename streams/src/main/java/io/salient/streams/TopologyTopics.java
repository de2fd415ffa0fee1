package io.salient.streams;

import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.TopologyDescription.Node;
import org.apache.kafka.streams.TopologyDescription.Sink;
import org.apache.kafka.streams.TopologyDescription.Source;
import org.apache.kafka.streams.TopologyDescription.Subtopology;

/** The topics of a topology in words, for the line that a service writes when it starts. */
final class TopologyTopics {
  private TopologyTopics() {}

  /** Such as {@code reads salient.probes, writes salient.dead-letters, salient.results}. */
  static String of(TopologyDescription topology) {
    Set<String> read = new TreeSet<>();
    Set<String> written = new TreeSet<>();
    for (Subtopology part : topology.subtopologies()) {
      for (Node node : part.nodes()) {
        switch (node) {
          case Source source -> read.addAll(source.topicSet());
          case Sink sink -> written.add(sink.topic());
          default -> {} // processors name no topics
        }
      }
    }
    return "reads " + String.join(", ", read) + ", writes " + String.join(", ", written);
  }
}
