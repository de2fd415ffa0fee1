package io.salient.standalone.command;

import io.salient.ranking.view.Csv;
import io.salient.ranking.view.SeedsView;
import io.salient.standalone.report.markup.Numbers;
import java.io.PrintStream;
import java.util.List;
import java.util.function.Function;

/** Prints what trainings from one baseline have in common. */
final class SeedsOutput {
  private SeedsOutput() {}

  static void print(List<SeedsView> views, OutputFormat format, PrintStream out) {
    switch (format) {
      case JSON -> out.println(Json.text(views));
      case CSV -> csv(views, out);
      case TABLE -> table(views, out);
    }
  }

  private static void csv(List<SeedsView> views, PrintStream out) {
    out.println(
        "concept,runs,step,splits,k,reproducibility,acrossRuns,rhoTrain,rhoTrainLower,rhoTrainUpper,rhoSeed,rhoSeedLower,rhoSeedUpper,reason");
    for (SeedsView view : views) {
      out.println(
          Csv.line(
              view.concept(),
              view.runs().size(),
              view.runs().getFirst().step(),
              view.splits(),
              view.k(),
              view.reproducibility(),
              view.acrossRuns(),
              of(view.train(), SeedsView.Estimate::rho),
              of(view.train(), SeedsView.Estimate::lower),
              of(view.train(), SeedsView.Estimate::upper),
              of(view.seed(), SeedsView.Estimate::rho),
              of(view.seed(), SeedsView.Estimate::lower),
              of(view.seed(), SeedsView.Estimate::upper),
              view.reason()));
    }
  }

  private static void table(List<SeedsView> views, PrintStream out) {
    out.println(
        "rho of training: 1 where the runs have not moved from the baseline in what they share; rho"
            + " of seeds: 1 where they have not moved from each other");
    TextTable table =
        new TextTable(
            "concept", "runs", "step", "rho of training", "limits", "rho of seeds", "limits");
    for (SeedsView view : views) {
      table.row(
          view.concept(),
          view.runs().size(),
          view.runs().getFirst().step(),
          Numbers.plain(of(view.train(), SeedsView.Estimate::rho)),
          limits(view.train()),
          Numbers.plain(of(view.seed(), SeedsView.Estimate::rho)),
          limits(view.seed()));
    }
    table.print(out);
    for (SeedsView view : views) {
      if (view.reproducibility() != null) {
        out.println(
            view.concept()
                + ": another half of the corpus finds "
                + Numbers.plain(view.reproducibility())
                + " of the baseline's list"
                + view.runs().stream()
                    .map(
                        run ->
                            ", " + Numbers.plain(run.reproducibility()) + " of " + run.run() + "'s")
                    .reduce("", String::concat));
      }
      if (view.reason() != null) {
        out.println(view.concept() + ": " + view.reason());
      }
    }
  }

  private static <T, R> R of(T signal, Function<T, R> pick) {
    return signal == null ? null : pick.apply(signal);
  }

  private static String limits(SeedsView.Estimate estimate) {
    return estimate == null || estimate.lower() == null
        ? "unknown"
        : Numbers.plain(estimate.lower()) + " to " + Numbers.plain(estimate.upper());
  }
}
