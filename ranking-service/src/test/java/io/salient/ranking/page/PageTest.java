package io.salient.ranking.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.BoundingBox;
import io.quarkus.test.junit.QuarkusTest;
import io.salient.ranking.Probes;
import io.salient.ranking.live.ResultFeed;
import io.salient.schemas.avro.ClassProbe;
import io.salient.schemas.avro.Stage;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The page in a browser, on a view that is fed by hand: no broker. */
@QuarkusTest
class PageTest extends InBrowser {
  private static final String EVIL = "<img src=x onerror=window.hit=1>";
  private static final List<String> TWO = List.of("deprel", "upos");

  @Test
  void shouldFillAndMoveWithoutAReload() {
    // given: a page that nothing is known to
    Chromium.Tab tab = open("", 1440, 900);
    assertThat(tab.page.locator("#empty")).isVisible();
    assertThat(tab.page.locator("#connection")).hasText("live");

    // when, then: announced, read, early, ranked
    GivenRun run = new GivenRun(results, "moving");
    run.status(Stage.EXTRACTING, 0, 0, TWO);
    assertThat(cell(tab, 0)).hasAttribute("aria-label", "Step 0: announced 0 %");
    int asked = tab.asked.size();

    run.status(Stage.EXTRACTING, 0, 1_000, TWO);
    assertThat(cell(tab, 0)).hasAttribute("aria-label", "Step 0: extracting 40 %");
    assertThat(tab.page.locator("#work")).containsText("Step 0 extracting 40 %");

    Probes upos = Probes.atStep(0).ofRun("moving").seen(0.25f);
    ResultFeed.feed(results, driver -> driver.send(upos.key(), upos.earlyWarning()));
    assertThat(row(tab, "upos")).containsText("early, on 25 % of the words");
    assertThat(row(tab, "deprel")).containsText("waits");

    run.ranked(TWO, 0, 20);
    assertThat(row(tab, "deprel")).containsText("stable since step 20");
    assertThat(row(tab, "deprel")).containsText("90.0 %");
    assertThat(row(tab, "upos")).containsText("forgotten since step 20");
    assertThat(tab.page.locator("#headline"))
        .hasText("upos forgotten since step 20; 1 of 2 concepts stable");

    // and: nothing was asked for again, nothing loaded anew
    assertThat(tab.asked).hasSize(asked);
    assertThat(tab.errors).isEmpty();
  }

  @Test
  void shouldGoOnWhereItWasAfterAnOutageAndSayThatItIsStaleMeanwhile() throws IOException {
    // given
    GivenRun run = new GivenRun(results, "cut").ranked(TWO, 0, 20);
    try (Outage outage = new Outage(address.getPort())) {
      Chromium.Tab tab =
          open(URI.create("http://127.0.0.1:" + outage.port() + "/"), "#run=cut", 1440, 900);
      assertThat(tab.page.locator("#connection")).hasText("live");
      int asked = tab.asked.size();

      // when
      outage.cut();
      assertThat(tab.page.locator("#connection")).containsText("since");
      run.ranked(TWO, 0, 20, 60);
      run.status(Stage.FAILED, 80, 0, TWO);
      outage.end();

      // then
      assertThat(tab.page.locator("#connection")).hasText("live");
      assertThat(cell(tab, 60)).hasAttribute("aria-label", "Step 60: ranked");
      assertThat(cell(tab, 80)).hasAttribute("aria-label", "Step 80: failed");
      assertThat(row(tab, "upos")).containsText("since step 60");
      assertThat(tab.asked).as("the stream brought it").hasSize(asked);
    }
  }

  @Test
  void shouldAskForEverythingAgainAfterARestart() {
    // given: a position of a service that is no more
    new GivenRun(results, "again").ranked(TWO, 0, 20);
    Chromium.Tab tab = open("#run=again", 1440, 900);
    assertThat(tab.page.locator("#connection")).hasText("live");

    // when
    Object first =
        tab.page.evaluate(
            """
            () => new Promise((told) => {
              const stream = new EventSource("/api/stream/overview?after=another-12");
              stream.addEventListener("reset", (event) => {
                stream.close();
                told(event.lastEventId);
              });
            })
            """);

    // then
    assertThat(first).isEqualTo(results.position().text());
  }

  @Test
  void shouldKeepItsWholeStateInTheAddress() {
    new GivenRun(results, "deep").ranked(TWO, 0, 20, 60);
    Chromium.Tab tab = open("#run=deep&concept=upos&step=20&top=50", 1440, 900);
    assertThat(tab.page.locator("#step-title")).hasText("upos at step 20");
    assertThat(tab.page.locator("#top")).hasValue("50");

    tab.page.locator("#views").getByText("Overview").click();
    assertThat(tab.page.locator("#overview")).isVisible();
    assertThat(tab.page.locator("#view-concept")).isHidden();

    row(tab, "deprel").locator("a").click();
    assertThat(tab.page.locator("#step-title")).hasText("deprel at step 60");
    assertThat(tab.page).hasURL(Pattern.compile("#run=deep&concept=deprel&top=50$"));

    tab.page.goBack();
    tab.page.goBack();
    assertThat(tab.page.locator("#step-title")).hasText("upos at step 20");
    assertThat(tab.errors).isEmpty();
  }

  @Test
  void shouldSayWhatIsShownInstead() {
    new GivenRun(results, "there").ranked(TWO, 0, 20);
    Chromium.Tab tab = open("#run=gone&concept=upos", 1440, 900);
    assertThat(tab.page.locator("#missing"))
        .hasText("There is no run gone here; there is shown instead.");
  }

  @Test
  void shouldBeUsedByKeyboardAlone() {
    new GivenRun(results, "keys").ranked(TWO, 0, 20, 60);
    Chromium.Tab tab = open("#run=keys", 1440, 900);
    cell(tab, 60).focus();
    assertThat(tab.page.locator("#axis")).hasText("Figures at step 60");

    tab.page.keyboard().press("ArrowLeft");
    assertThat(cell(tab, 20)).isFocused();
    assertThat(tab.page.locator("#axis")).hasText("Figures at step 20");
    tab.page.keyboard().press("Home");
    assertThat(cell(tab, 0)).isFocused();

    tab.page.keyboard().press("Tab");
    assertThat(row(tab, "deprel").locator("a")).isFocused();
    tab.page.keyboard().press("Tab");
    tab.page.keyboard().press("Enter");
    assertThat(tab.page.locator("#step-title")).hasText("upos at step 60");
  }

  @Test
  void shouldLookCloserAtAPartOfTheRunAndStayThereWhileItMoves() {
    // given
    GivenRun run = new GivenRun(results, "zoom").ranked(TWO, 0, 20, 40, 60, 80, 100);
    Chromium.Tab tab = open("#run=zoom", 1440, 900);
    Locator cells = tab.page.locator("#strip .cell");
    assertThat(cells).hasCount(6);

    // when: dragged over a line, from before step 40 to behind step 80
    BoundingBox line = row(tab, "upos").locator(".spark").first().boundingBox();
    tab.page.mouse().move(line.x + 0.3 * line.width, line.y + 10);
    tab.page.mouse().down();
    tab.page.mouse().move(line.x + 0.9 * line.width, line.y + 12);
    tab.page.mouse().up();
    tab.page.mouse().move(5, 5);

    // then: the strip and the lines follow, and so does the address
    assertThat(cells).hasCount(3);
    assertThat(tab.page.locator("#axis")).containsText("step 40 to 80");
    assertThat(tab.page.locator("#axis-part")).hasText("steps 40 to 80, 3 of 6");
    assertThat(tab.page).hasURL(Pattern.compile("#run=zoom&zoom=40-80$"));

    // and: a checkpoint more changes nothing of it
    run.ranked(TWO, 0, 20, 40, 60, 80, 100, 120);
    assertThat(tab.page.locator("#axis-part")).hasText("steps 40 to 80, 3 of 7");
    assertThat(cells).hasCount(3);

    // and: charts of the concept show the same part, by keys and buttons another
    row(tab, "upos").locator("a").click();
    assertThat(tab.page.locator("#heat rect.heat")).hasCount(3 * Probes.LAYERS);
    int asked = tab.asked.size();
    cell(tab, 60).focus();
    tab.page.keyboard().press("0");
    assertThat(cells).hasCount(7);
    assertThat(tab.page.locator("#heat rect.heat")).hasCount(7 * Probes.LAYERS);
    tab.page.locator("#zoom-in").click();
    assertThat(cells).hasCount(4);
    tab.page.locator("#zoom-before").click();
    assertThat(tab.page.locator("#axis-part")).hasText("steps 20 to 80, 4 of 7");
    tab.page.locator("#zoom-all").click();
    assertThat(tab.page.locator("#zoom-in")).isFocused();
    assertThat(tab.page).hasURL(Pattern.compile("#run=zoom&concept=upos$"));
    assertThat(tab.asked).as("nothing of it is asked for again").hasSize(asked);
    assertThat(tab.errors).isEmpty();
  }

  @Test
  void shouldStandOnEpochsOrTheClockWhereThatIsWanted() {
    // given
    new GivenRun(results, "axes").ranked(TWO, 0, 500, 1_000);
    Chromium.Tab tab = open("#run=axes", 1440, 900);

    // when
    tab.page.locator("#axis-kind").selectOption("epoch");

    // then
    assertThat(tab.page.locator("#axis")).containsText("step 0 (epoch 0.00) to step 1000 (epoch 2");
    assertThat(tab.page).hasURL(Pattern.compile("axis=epoch$"));
    row(tab, "upos").locator("a").click();
    assertThat(tab.page.locator("#accuracy > svg text").last()).hasText("epoch");
    assertThat(tab.page.locator("#accuracy > svg")).containsText("1.00");

    // and
    tab.page.locator("#axis-kind").selectOption("step");
    assertThat(tab.page.locator("#accuracy > svg text").last()).hasText("training step");
    assertThat(tab.errors).isEmpty();
  }

  @Test
  void shouldFindAndSortLabels() {
    new GivenRun(results, "labels").ranked(TWO, 0, 20);
    Chromium.Tab tab = open("#run=labels&concept=upos", 1440, 900);
    Locator names = tab.page.locator("#labels tbody th");
    assertThat(names).hasText(new String[] {"A", "B", "C"});

    tab.page.locator("#labels .sort").getByText("Label").click();
    assertThat(names).hasText(new String[] {"C", "B", "A"});
    assertThat(tab.page.locator("#labels th[aria-sort=descending]")).containsText("Label");
    tab.page.locator("#label-search").fill("b");
    assertThat(names).hasText(new String[] {"B"});
    assertThat(tab.page.locator("#label-count")).hasText("1 of 3 labels");
    assertThat(tab.page.locator("#heat rect.heat.chosen")).hasCount(Probes.LAYERS);
    assertThat(tab.errors).isEmpty();
  }

  @Test
  void shouldKeepTheFocusWhereItIsWhenARowChanges() {
    GivenRun run = new GivenRun(results, "focus").ranked(TWO, 0, 20);
    Chromium.Tab tab = open("#run=focus", 1440, 900);
    row(tab, "upos").locator("a").focus();

    run.ranked(TWO, 0, 20, 60);

    assertThat(row(tab, "upos")).containsText("since step 60");
    assertThat(row(tab, "upos").locator("a")).isFocused();
  }

  @Test
  void shouldShowTextOfOthersAsTextAlone() {
    // given: a run, a concept, a label and a message that are markup
    GivenRun run = new GivenRun(results, "xss").ranked(List.of("upos", EVIL), 0, 20);
    run.status(Stage.FAILED, 60, 0, TWO);
    new GivenRun(results, EVIL).ranked(List.of("upos"), 0);
    ResultFeed.feed(
        results,
        driver -> {
          Probes fit = Probes.atStep(0).ofRun("xss");
          for (int label = 0; label < Probes.LABELS.size(); label++) {
            ClassProbe probe = fit.classProbe(label);
            probe.setLabel(EVIL + label);
            driver.send(fit.key(), probe);
          }
          var report = fit.report();
          IntStream.range(0, Probes.LABELS.size())
              .forEach(label -> report.getLabels().get(label).setLabel(EVIL + label));
          driver.send(fit.key(), report);
        });

    // when
    Chromium.Tab tab = open("#run=xss", 1440, 900);
    assertThat(row(tab, EVIL)).isVisible();
    assertThat(tab.page.locator("#work")).containsText("<b>pytorch_model.bin</b> is code");
    assertThat(tab.page.locator("#run option").filter(new Locator.FilterOptions().setHasText(EVIL)))
        .hasCount(1);
    tab.page.locator("tbody").getByText("upos").click();
    cell(tab, 0).click();
    assertThat(tab.page.locator("#labels")).containsText(EVIL + "0");

    // then
    assertThat(tab.page.locator("img[src=x]")).hasCount(0);
    assertThat(tab.page.evaluate("window.hit ?? 0")).isEqualTo(0);
    assertThat(tab.errors).isEmpty();
  }

  @Test
  void shouldShowManyConceptsOnOneScreenThatAllCanRead() {
    // given: 100 steps of 10 concepts
    List<String> concepts = IntStream.range(0, 10).mapToObj(i -> "concept" + i).toList();
    new GivenRun(results, "big")
        .ranked(concepts, LongStream.range(0, 100).map(i -> 50 * i).toArray())
        .alarm("concept2", 2_000)
        .status(Stage.EXTRACTING, 5_000, 1_000, concepts);
    Chromium.Tab tab = open("#run=big", 1440, 900);
    assertThat(tab.page.locator("tbody tr").first()).isVisible();
    assertThat(tab.page.locator("#connection")).hasText("live");

    // then: the first screen holds them all
    double bottom = tab.page.locator("#rows tbody tr").last().boundingBox().y;
    assertThat(bottom + 50).isLessThan(900);
    assertThat(tab.page.locator("#training")).containsText("Training loss");
    assertThat(tab.page.locator("#training")).containsText("epoch 10.00");
    checkAndShoot(tab, "overview");

    // and: so it is with one concept
    row(tab, "concept1").locator("a").click();
    assertThat(tab.page.locator("#step-title")).containsText("concept1 at step 4950");
    checkAndShoot(tab, "concept");
    assertThat(tab.errors).isEmpty();
  }

  /** Results of the whole pipeline, evaluations and all. */
  @Test
  void shouldShowWhatTheDemoLeft() throws IOException {
    RecordedRun.feed(results);
    Chromium.Tab tab = open("#run=demo", 1440, 900);
    assertThat(tab.page.locator("#rows tbody tr")).hasCount(2);
    assertThat(tab.page.locator("#strip .evaluated")).hasCount(3);
    assertThat(tab.page.locator("#headline")).containsText("step");
    assertThat(tab.page.locator("#tour")).isVisible();
    checkAndShoot(tab, "demo-overview");
    tab.page.locator("#tour-close").click();
    tab.page.reload();
    assertThat(tab.page.locator("#strip .evaluated")).hasCount(3);
    assertThat(tab.page.locator("#tour")).isHidden();

    row(tab, "upos").locator("a").click();
    assertThat(tab.page.locator("#step-title")).hasText("upos at step 240");
    assertThat(tab.page.locator("#figures")).containsText("control tasks reach");
    checkAndShoot(tab, "demo-concept");
    assertThat(tab.errors).isEmpty();
  }
}
