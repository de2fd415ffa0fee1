package io.salient.standalone.report.page;

import io.salient.ranking.table.Table;
import io.salient.ranking.view.ConceptResults;
import io.salient.ranking.view.RunResults;
import io.salient.standalone.report.figure.Fill;
import io.salient.standalone.report.markup.Element;
import io.salient.standalone.report.markup.Numbers;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The whole page: one file, no script, nothing from anywhere else. */
public final class Page {
  private static final String STYLE = "/report/report.css";

  /** Nothing is loaded and nothing runs, whatever a word of the corpus looks like. */
  private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'";

  private Page() {}

  /**
   * The page of a run.
   *
   * @param results with at least one concept
   * @param byPaper of the same checkpoints, ranked by the paper's rule; without concepts where
   *     there are none
   * @param tables the files beside the page
   */
  public static String of(RunResults results, RunResults byPaper, List<Table> tables) {
    Numbering numbering = new Numbering();
    String title = "Salient neurons of " + results.run();
    List<Element> sections = new ArrayList<>();
    sections.add(Overview.of(results, numbering));
    sections.add(Glossary.of());
    for (int i = 0; i < results.concepts().size(); i++) {
      ConceptResults concept = results.concepts().get(i);
      sections.add(
          ConceptSection.of(concept, byPaper.concept(concept.concept()), id(i), numbering));
    }
    sections.add(OriginPart.of(results, numbering));
    sections.add(files(tables));
    Element head =
        Element.of(
            "head",
            Element.of("meta").with("charset", "utf-8"),
            Element.of("meta")
                .with("http-equiv", "Content-Security-Policy")
                .with("content", POLICY),
            Element.of("meta")
                .with("name", "viewport")
                .with("content", "width=device-width, initial-scale=1"),
            Element.of("title", title),
            Element.style(style()));
    Element body =
        Element.of(
            "body",
            Fill.definitions(),
            Element.of("h1", "Salient neurons of ", Element.of("bdi", results.run())),
            lead(results),
            contents(results),
            Element.of("main", sections));
    return "<!DOCTYPE html>\n" + Element.of("html", head, body).with("lang", "en") + "\n";
  }

  private static Element lead(RunResults results) {
    List<Long> steps =
        results.concepts().stream()
            .flatMap(concept -> concept.steps().stream())
            .map(step -> step.step())
            .distinct()
            .sorted()
            .toList();
    return Element.of(
            "p",
            "What a language model knows, neuron by neuron, at "
                + (steps.size() == 1
                    ? "step " + Numbers.whole(steps.getFirst())
                    : steps.size()
                        + " checkpoints from step "
                        + Numbers.whole(steps.getFirst())
                        + " to "
                        + Numbers.whole(steps.getLast()))
                + " of its training.")
        .with("class", "lead");
  }

  private static Element contents(RunResults results) {
    Element list =
        Element.of("ul", link("glance", "At a glance"), link("reading", "How to read this"));
    for (int i = 0; i < results.concepts().size(); i++) {
      list.add(link(id(i), ConceptName.of(results.concepts().get(i).concept())));
    }
    list.add(link("origin", "Method, settings and provenance"), link("files", "Files"));
    return Element.of("nav", list).with("aria-label", "Contents");
  }

  private static Element link(String id, String text) {
    return Element.of("li", Element.of("a", text).with("href", "#" + id));
  }

  private static String id(int concept) {
    return "concept-" + (concept + 1);
  }

  private static Element files(List<Table> tables) {
    HtmlTable list = new HtmlTable("File", "A row is", "#Rows");
    for (Table table : tables) {
      list.row(
          Element.of("code", table.name() + ".csv"),
          table.about(),
          Numbers.whole(table.rows().size()));
    }
    return Element.of(
            "section",
            Element.of("h2", "Files"),
            Element.of(
                "p",
                "Every number that is drawn or listed here stands in the files of comma-separated"
                    + " values beside this page, unrounded. Accuracies are there from 0 to 1."),
            Element.of("div", list.element()).with("class", "scroll"))
        .with("id", "files");
  }

  private static String style() {
    try (InputStream in = Page.class.getResourceAsStream(STYLE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the style sheet " + STYLE, e);
    }
  }
}
