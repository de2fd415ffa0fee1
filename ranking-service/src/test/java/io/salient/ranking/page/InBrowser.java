package io.salient.ranking.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import io.quarkus.test.common.http.TestHTTPResource;
import io.salient.ranking.live.ResultFeed;
import io.salient.ranking.live.ResultStream;
import io.salient.schemas.ResultKey;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** Pages in the system's Chromium, on a view that is fed by hand; screenshots are build output. */
abstract class InBrowser {
  private static final Path SCREENSHOTS = Path.of("target/page");

  /** Rules of axe that find something else in the dark. */
  private static final List<String> OF_COLOURS = List.of("color-contrast", "link-in-text-block");

  private static Chromium chromium;

  @Inject ResultStream results;

  @TestHTTPResource("/")
  URI address;

  private final List<Chromium.Tab> tabs = new ArrayList<>();

  @BeforeAll
  static void start() {
    chromium = Chromium.start();
    PlaywrightAssertions.setDefaultAssertionTimeout(30_000); // of a machine that has other work
  }

  @AfterAll
  static void stop() {
    if (chromium != null) {
      chromium.close();
    }
  }

  /** The view is that of other tests too. */
  @AfterEach
  void leaveNothing() {
    tabs.forEach(Chromium.Tab::close);
    results.keys().stream()
        .map(ResultKey::text)
        .forEach(key -> ResultFeed.feed(results, key, null));
  }

  /** No width scrolls sideways, and axe finds nothing serious, in the light and in the dark. */
  static void checkAndShoot(Chromium.Tab tab, String name) {
    serious(tab, List.of());
    for (int width : new int[] {2560, 390, 820, 1440}) { // the same in the dark
      tab.page.setViewportSize(width, 900);
      assertThat(tab.scrollsSideways()).as(name + " at " + width).isFalse();
      if (width <= 1440) {
        shoot(tab, name, width, ColorScheme.LIGHT);
      }
    }
    tab.page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
    serious(tab, OF_COLOURS);
    shoot(tab, name, 1440, ColorScheme.DARK);
    tab.page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
  }

  private static void shoot(Chromium.Tab tab, String name, int width, ColorScheme scheme) {
    tab.page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(SCREENSHOTS.resolve(name + "-" + width + "-" + scheme + ".png"))
            .setFullPage(width < 1440 || !name.endsWith("overview")));
  }

  /** By some rules of axe, or by all. Of what is in order nothing is told: that takes longest. */
  private static void serious(Chromium.Tab tab, List<String> rules) {
    AxeRunOptions options = new AxeRunOptions();
    options.setResultTypes(List.of("violations"));
    AxeBuilder axe = new AxeBuilder(tab.page).options(options).setLegacyMode(true); // no frames
    assertThat(
            (rules.isEmpty() ? axe : axe.withRules(rules))
                .analyze().getViolations().stream()
                    .filter(rule -> List.of("serious", "critical").contains(rule.getImpact()))
                    .map(InBrowser::told))
        .isEmpty();
  }

  private static String told(Rule rule) {
    return rule.getId()
        + ": "
        + rule.getNodes().stream().map(node -> node.getHtml() + node.getFailureSummary()).toList();
  }

  static Locator row(Chromium.Tab tab, String concept) {
    return tab.page
        .locator("#rows tbody tr")
        .filter(
            new Locator.FilterOptions()
                .setHas(tab.page.getByText(concept, new Page.GetByTextOptions().setExact(true))));
  }

  static Locator cell(Chromium.Tab tab, long step) {
    return tab.page.locator("#strip [data-key='" + step + "']");
  }

  final Chromium.Tab open(String hash, int width, int height) {
    return open(address, hash, width, height);
  }

  final Chromium.Tab open(URI at, String hash, int width, int height) {
    Chromium.Tab tab = chromium.open(width, height);
    tabs.add(tab);
    tab.page.navigate(at + hash);
    return tab;
  }
}
