package io.salient.standalone.command;

import io.salient.schemas.avro.RunStatus;
import io.salient.schemas.avro.TierState;
import io.salient.schemas.avro.TierStatus;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What is still to come of a checkpoint that is ranked. */
final class TierOutlook {
  private TierOutlook() {}

  /** Such as: "; to come: noise, about 12 s; evaluation". Empty where nothing is. */
  static String of(RunStatus status) {
    List<TierStatus> open =
        status == null
            ? List.of()
            : status.getTiers().stream()
                .filter(tier -> RunWatch.ALL.contains(tier.getTier()))
                .filter(TierOutlook::isOpen)
                .toList();
    return open.isEmpty()
        ? ""
        : open.stream().map(TierOutlook::text).collect(Collectors.joining("; ", "; to come: ", ""));
  }

  private static boolean isOpen(TierStatus tier) {
    return tier.getState() == TierState.WAITING || tier.getState() == TierState.RUNNING;
  }

  private static String text(TierStatus tier) {
    return tier.getEstimatedSeconds() == 0
        ? tier.getTier()
        : String.format(
            Locale.ROOT, "%s, about %.0f s", tier.getTier(), tier.getEstimatedSeconds());
  }
}
