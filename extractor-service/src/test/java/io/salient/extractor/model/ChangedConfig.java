package io.salient.extractor.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.salient.extractor.checkpoint.CheckpointException;
import io.salient.extractor.checkpoint.CheckpointFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The checkpoint of a {@link FamilyFixture} with other fields in its config.json.
 *
 * @param name of the fixture
 * @param removed fields
 * @param added fields, as JSON
 */
record ChangedConfig(String name, List<String> removed, String added) {

  /** The model is the same: its hidden states are those of the fixture. */
  void assertReadIn(Path temp) throws IOException {
    try (FamilyFixture fixture = FamilyFixture.open(name);
        CheckpointFolder checkpoint = copy(fixture, temp);
        Encoder encoder = Encoders.load(checkpoint)) {
      assertThat(fixture.largestError(encoder)).isLessThanOrEqualTo(1e-4);
    }
  }

  /** It is refused with an error code and a message. */
  void assertRefusedIn(Path temp, String code, String says) throws IOException {
    try (FamilyFixture fixture = FamilyFixture.open(name);
        CheckpointFolder checkpoint = copy(fixture, temp)) {
      assertThatThrownBy(() -> Encoders.load(checkpoint))
          .isInstanceOfSatisfying(
              CheckpointException.class, e -> assertThat(e.code()).isEqualTo(code))
          .hasMessageContaining(says);
    }
  }

  private CheckpointFolder copy(FamilyFixture fixture, Path temp) throws IOException {
    return CheckpointFolder.open(
        fixture.changed(temp, removed, new ObjectMapper().readTree(added)));
  }
}
