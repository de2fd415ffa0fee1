package io.salient.streams.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.CertificateException;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

/** S1, S3: one sentence, wherever a refusal comes up. */
class BrokerRefusalTest {
  @Test
  void shouldNameWhatAnAclIsMissingFor() {
    Throwable topic = new TopicAuthorizationException(Set.of("salient.results"));

    assertThat(BrokerRefusal.told(new KafkaException("a record did not reach Kafka", topic)))
        .contains("ACLs do not let this user use topics [salient.results]", "docs/security.md");
    assertThat(BrokerRefusal.told(GroupAuthorizationException.forGroupId("salient-probe")))
        .contains("use group salient-probe");
  }

  @Test
  void shouldNameTheSettingsOfALogin() {
    Throwable wrong = new SaslAuthenticationException("invalid credentials");

    assertThat(BrokerRefusal.told(new ExecutionException(wrong)))
        .contains("invalid credentials", "sasl.jaas.config", "salient.kafka.property-files");
  }

  @Test
  void shouldTellTheInnermostReasonOfTls() {
    Throwable name = new CertificateException("No name matching broker found");

    assertThat(BrokerRefusal.told(new SslAuthenticationException("SSL handshake failed", name)))
        .contains("(No name matching broker found)", "ssl.truststore", "ssl.keystore");
  }

  @Test
  void shouldLeaveOtherFailuresAlone() {
    assertThat(BrokerRefusal.of(new KafkaException("full"))).isEmpty();
    assertThat(BrokerRefusal.told(new KafkaException("full"))).isEqualTo("full");
  }
}
