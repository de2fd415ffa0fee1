package io.salient.ranking.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import io.quarkus.test.junit.QuarkusTest;
import io.salient.ranking.Probes;
import io.salient.ranking.api.GivenComparisons;
import io.salient.ranking.live.ResultFeed;
import io.salient.ranking.topology.RankingDriver;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The views of one concept: its neurons, one neuron, two checkpoints side by side. */
@QuarkusTest
class ViewsTest extends InBrowser {
  private static final List<String> TWO = List.of("deprel", "upos");

  @Test
  void shouldShowNeuronsAndWhatOneIsFor() throws IOException {
    // given
    RecordedRun.feed(results);
    Chromium.Tab tab = open("#run=demo&concept=upos", 1440, 900);
    tab.page.locator("#views").getByText("Neurons").click();

    // then: the table, and a line for each of the first 20
    assertThat(tab.page.locator("#list-title")).hasText("Neurons of upos at step 240");
    assertThat(tab.page.locator("#list tbody tr")).hasCount(20);
    assertThat(tab.page.locator("#bump .bumped")).hasCount(20);
    checkAndShoot(tab, "neurons");

    // when: one of them is looked at that words are known of
    tab.page.locator("#list tbody tr").first().locator("a").first().click();
    assertThat(tab.page.locator("#neuron-title")).isFocused();
    assertThat(tab.page.locator("#neuron-words tbody tr").first()).isVisible();
    assertThat(tab.page.locator(".fires .word").first())
        .hasAttribute("title", Pattern.compile(".+: [+−±]\\d+\\.\\d\\d standard deviations"));
    assertThat(tab.page.locator("#neuron-facts")).containsText("rank 1 of upos");
    checkAndShoot(tab, "neuron");
    assertThat(tab.errors).isEmpty();
  }

  @Test
  void shouldFindNeuronsOfALabelAndKeepAllOfItInTheAddress() {
    // given
    new GivenRun(results, "find").ranked(TWO, 0, 20);
    Chromium.Tab tab = open("#view=neurons&run=find&concept=upos&top=10", 1440, 900);
    Locator rows = tab.page.locator("#list tbody tr");
    assertThat(tab.page.locator("#pages")).containsText("next");

    // when, then: a part, a label, a layer, an order
    tab.page.locator("#pages a").click();
    assertThat(tab.page.locator("#pages")).containsText("← before");
    tab.page.locator("#label").selectOption("B");
    assertThat(tab.page.locator("#list-title")).hasText("Neurons of B at step 20");
    assertThat(tab.page.locator("#list thead")).containsText("Weight");
    tab.page.locator("#neuron-search").fill("1:");
    assertThat(tab.page.locator("#list-note")).containsText("of the first");
    assertThat(rows.first().locator("a").first()).hasText(Pattern.compile("1:\\d"));
    tab.page.locator("#list .sort").getByText("Neuron").click();
    assertThat(tab.page.locator("#list th[aria-sort=ascending]")).containsText("Neuron");
    assertThat(tab.page)
        .hasURL(
            Pattern.compile(
                "#view=neurons&run=find&concept=upos&top=10&label=B&order=place&search=1%3A$"));

    // and: the address alone brings it back
    Chromium.Tab other = open("#" + tab.page.url().replaceAll(".*#", ""), 1440, 900);
    assertThat(other.page.locator("#list tbody"))
        .hasText(
            tab.page.locator("#list tbody").innerText(),
            new com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions()
                .setUseInnerText(true));
    assertThat(other.page.locator("#neuron-search")).hasValue("1:");
    tab.page.locator("#neuron-search").fill("nothing of the kind");
    assertThat(tab.page.locator("#pages")).containsText("Nothing found for");
    assertThat(tab.errors).isEmpty();
    assertThat(other.errors).isEmpty();
  }

  @Test
  void shouldShowTheSameUnitInAnotherRun() {
    new GivenRun(results, "one").ranked(TWO, 0, 20);
    new GivenRun(results, "two").ranked(TWO, 0, 20);
    Chromium.Tab tab = open("#view=neuron&run=one&concept=upos&neuron=1%3A2", 1440, 900);

    tab.page.locator("#neuron-runs a").getByText("two").click();

    assertThat(tab.page.locator("#facts")).containsText("two:");
    assertThat(tab.page.locator("#neuron-title")).hasText("Neuron 1:2");
    assertThat(tab.page.locator("#neuron-runs")).containsText("one");
  }

  @Test
  void shouldCompareAnyTwo() {
    // given
    try (RankingDriver driver = new RankingDriver(4)) {
      for (Probes fit :
          List.of(
              Probes.atStep(0).asBaseline(),
              Probes.atStep(20),
              Probes.atStep(60).ofRun("other"),
              Probes.atStep(80).ofRun("other"))) {
        driver.send(fit);
      }
      driver.results().forEach((key, value) -> ResultFeed.feed(results, key, value));
      GivenComparisons.over(driver);

      // when: the baseline stands beside it unless another is chosen
      Chromium.Tab tab = open("#view=compare&run=run&concept=upos", 1440, 900);
      assertThat(tab.page.locator("#compare-title"))
          .hasText("upos: step 20 of run beside step 0 of run");
      assertThat(tab.page.locator("#compare-figures")).containsText("Common neurons");
      tab.page.locator("#other").selectOption("other");
      assertThat(tab.page.locator("#compare-title")).containsText("step 80 of other");
      tab.page.locator("#at").selectOption("60");

      // then
      assertThat(tab.page.locator("#compare-title")).containsText("step 60 of other");
      assertThat(tab.page.locator("#entered h3")).containsText("entered");
      assertThat(tab.page.locator("#compare-labels tbody tr")).hasCount(3);
      assertThat(tab.page.locator("#compare-none")).isHidden();
      assertThat(tab.page).hasURL(Pattern.compile("other=other&at=60$"));
      checkAndShoot(tab, "compare");
      assertThat(tab.errors).isEmpty();
    }
  }

  @Test
  void shouldStayFluentWithManySteps() {
    // given: 100 steps of 10 concepts
    List<String> concepts = IntStream.range(0, 10).mapToObj(i -> "concept" + i).toList();
    new GivenRun(results, "long")
        .ranked(concepts, LongStream.range(0, 100).map(i -> 50 * i).toArray());
    Chromium.Tab tab = open("#view=neurons&run=long&concept=concept1", 1440, 900);

    // then
    assertThat(tab.page.locator("#bump .bumped").first()).isVisible();
    checkAndShoot(tab, "neurons-long");

    // and: by keyboard from a line to its neuron
    tab.page.locator("#bump .bumped").first().focus();
    tab.page.keyboard().press("Enter");
    assertThat(tab.page.locator("#neuron-title")).isFocused();
    assertThat(tab.errors).isEmpty();
  }
}
