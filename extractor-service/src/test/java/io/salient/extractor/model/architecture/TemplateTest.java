package io.salient.extractor.model.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TemplateTest {
  private final Template template = Template.of("def {{method}}(x):\n  return x * {{scale}}\n");

  @Test
  void shouldFillEveryHole() {
    assertThat(template.fill("method", "block").fill("scale", 2).filled())
        .isEqualTo("def block(x):\n  return x * 2\n");
  }

  @Test
  void shouldRefuseToFillWhatIsNotThere() {
    assertThatThrownBy(() -> template.fill("methods", "block"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("{{methods}}");
  }

  @Test
  void shouldRefuseToLeaveAHoleOpen() {
    assertThatThrownBy(() -> template.fill("method", "block").filled())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("{{scale}}");
  }
}
