package io.salient.streams.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import org.jboss.logging.MDC;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.LogContext;
import org.jboss.logmanager.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CheckpointLogTest {
  private final Logger logger =
      LogContext.getLogContext().getLogger(CheckpointLogTest.class.getName());
  private final List<ExtLogRecord> lines = new ArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          ExtLogRecord extended = ExtLogRecord.wrap(line);
          extended.copyMdc();
          lines.add(extended);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    logger.addHandler(handler);
  }

  @AfterEach
  void leave() {
    logger.removeHandler(handler);
  }

  @Test
  void shouldHaveRunAndStepAsFieldsOfTheLineAlone() {
    // when
    new CheckpointLog(CheckpointLogTest.class).info("genre", 300, "final took 2.5 s");

    // then
    assertThat(lines).hasSize(1);
    assertThat(new PatternFormatter("%m").format(lines.getFirst()))
        .isEqualTo("step 300 of genre: final took 2.5 s");
    assertThat(lines.getFirst().getMdc("run")).isEqualTo("genre");
    assertThat(lines.getFirst().getMdc("step")).isEqualTo("300");
    assertThat(MDC.getMap()).doesNotContainKeys("run", "step");
  }
}
