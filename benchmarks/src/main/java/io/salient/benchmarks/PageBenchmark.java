package io.salient.benchmarks;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import io.salient.standalone.EmbeddedKafka;
import io.salient.standalone.FolderDeletion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/**
 * The page in a real Chromium, on a real service and broker that hold 50 runs of 200 checkpoints
 * and 10 concepts: {@code benchmarks/run PageBenchmark [RUNS CHECKPOINTS CONCEPTS]}. Printed are
 * how long the service takes to read all results, the times to first paint and to the first filled
 * overview in browsers that were never used, what comes over the wire, and the time from a record's
 * sending to the frame that shows it, by the one clock of this machine.
 */
public final class PageBenchmark {
  private static final List<String> CHROMIUM =
      List.of(
          System.getProperty("salient.test.chromium", "/usr/bin/chromium"),
          "/usr/bin/chromium-browser",
          "/usr/bin/google-chrome");
  private static final String HEAP = "2g";
  private static final Map<String, String> ROOM =
      Map.of("salient.ranking.view-bytes", "1073741824");
  private static final int PAINTS = 20;
  private static final int RECORDS = 200;
  private static final int MOST_PAUSE_MILLIS = 200;

  /** Notes when the rows are first there, and when each text of a figure first is, in a frame. */
  private static final String WATCH =
      """
      window.filled = null;
      window.seen = {};
      window.longest = 0;
      const shown = (note) => {
        const after = new MessageChannel(); // its turn comes after the frame was drawn
        after.port1.onmessage = () => note(performance.now());
        requestAnimationFrame(() => after.port2.postMessage(0));
      };
      new MutationObserver(() => {
        if (window.filled === null && document.querySelector("#rows tbody tr")) {
          window.filled = 0;
          shown((now) => (window.filled = now));
        }
        for (const value of document.querySelectorAll("#rows .figure .value")) {
          const text = value.textContent;
          if (!(text in window.seen)) {
            window.seen[text] = 0;
            shown((now) => (window.seen[text] = performance.timeOrigin + now));
          }
        }
      }).observe(document, { childList: true, subtree: true, characterData: true });
      new PerformanceObserver((list) => {
        window.longest = Math.max(window.longest, ...list.getEntries().map((e) => e.duration));
      }).observe({ type: "longtask" });
      """;

  private static final String WEIGHT =
      """
      () => {
        const all = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
        const sum = (some, of) => some.reduce((total, entry) => total + entry[of], 0);
        const answers = all.filter((entry) => /\\/(api|q)\\//.test(entry.name));
        return [all.length, sum(all, "transferSize"), sum(all, "decodedBodySize"), answers.length, sum(answers, "transferSize"), sum(answers, "decodedBodySize")];
      }
      """;

  private final Browser browser;
  private final RankingProcess service;
  private final String run;
  private final int concepts;

  private PageBenchmark(Browser browser, RankingProcess service, String run, int concepts) {
    this.browser = browser;
    this.service = service;
    this.run = run;
    this.concepts = concepts;
  }

  /** Prints all of it. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int[] size = Stream.of(arguments).mapToInt(Integer::parseInt).toArray();
    int runs = size.length > 0 ? size[0] : 50;
    int checkpoints = size.length > 1 ? size[1] : 200;
    int concepts = size.length > 2 ? size[2] : 10;
    Path work = Files.createTempDirectory("salient-page-");
    try (EmbeddedKafka broker = EmbeddedKafka.start(work.resolve("broker"), Map.of());
        ManyResults results = new ManyResults(broker.bootstrapServers())) {
      RankingProcess.start(work, broker.bootstrapServers(), HEAP, ROOM).close(); // makes topics
      for (int run = 0; run < runs; run++) {
        results.tell(run, checkpoints, concepts);
      }
      System.out.printf(
          "%d runs x %d checkpoints x %d concepts: %s%n",
          runs, checkpoints, concepts, results.told());
      long start = System.nanoTime();
      try (RankingProcess service =
              RankingProcess.start(work, broker.bootstrapServers(), HEAP, ROOM);
          Playwright playwright =
              Playwright.create(
                  new Playwright.CreateOptions()
                      .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
          Browser browser = playwright.chromium().launch(chromium())) {
        System.out.printf(
            "ready, all results read, after %.1f s; in use of the heap %d MiB, resident %d MiB%n",
            Seconds.since(start), service.liveHeapBytes() >> 20, service.residentBytes() >> 20);
        PageBenchmark benchmark =
            new PageBenchmark(browser, service, ManyResults.run(runs - 1), concepts);
        benchmark.paints();
        benchmark.weight();
        benchmark.pixels(results, ManyResults.step(checkpoints - 1));
      }
    } finally {
      FolderDeletion.delete(work);
    }
  }

  private static BrowserType.LaunchOptions chromium() {
    Path executable =
        CHROMIUM.stream()
            .map(Path::of)
            .filter(Files::isExecutable)
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "Chromium is at none of "
                            + CHROMIUM
                            + ": install it, or name it by -Dsalient.test.chromium=PATH"));
    return new BrowserType.LaunchOptions()
        .setExecutablePath(executable)
        .setArgs(List.of("--no-sandbox", "--disable-gpu"));
  }

  private BrowserContext unused() {
    return browser.newContext(new Browser.NewContextOptions().setViewportSize(1440, 900));
  }

  /** Opens the page, and returns when the overview is filled. */
  private Page open(BrowserContext context) {
    Page page = context.newPage();
    page.addInitScript(WATCH);
    page.navigate(service.address() + "#run=" + run);
    awaitFilled(page);
    return page;
  }

  private void awaitFilled(Page page) {
    page.waitForFunction(
        "concepts => window.filled > 0 && document.querySelectorAll('#rows tbody tr').length ==="
            + " concepts",
        concepts);
  }

  private void paints() {
    Latencies first = new Latencies();
    Latencies filled = new Latencies();
    for (int i = 0; i < PAINTS; i++) {
      try (BrowserContext context = unused()) {
        Page page = open(context);
        first.add(
            number(
                page.evaluate(
                    "performance.getEntriesByName('first-contentful-paint')[0].startTime")));
        filled.add(number(page.evaluate("window.filled")));
      }
    }
    System.out.printf("first paint      %s%nfilled overview  %s%n", first, filled);
  }

  private void weight() {
    try (BrowserContext context = unused()) {
      Page page = open(context);
      tell("first visit", page);
      page.reload();
      awaitFilled(page);
      tell("second visit", page);
    }
  }

  private static void tell(String visit, Page page) {
    long[] sizes =
        ((List<?>) page.evaluate(WEIGHT))
            .stream().mapToLong(size -> ((Number) size).longValue()).toArray();
    System.out.printf(
        Locale.ROOT,
        "%s: %d requests, %,d bytes over the wire (%,d unpacked); answers of REST among them: %d,"
            + " %,d (%,d)%n",
        visit,
        sizes[0],
        sizes[1],
        sizes[2],
        sizes[3],
        sizes[4],
        sizes[5]);
  }

  private void pixels(ManyResults results, long step) throws InterruptedException {
    Latencies latencies = new Latencies();
    Random pauses = new Random(7);
    try (BrowserContext context = unused()) {
      Page page = open(context);
      page.waitForFunction(
          "() => document.getElementById('connection').classList.contains('live')");
      page.evaluate("window.longest = 0");
      for (int i = 0; i < RECORDS; i++) {
        double accuracy = 0.1 + i / 1_000.0;
        String text = String.format(Locale.ROOT, "%.1f %%", 100 * accuracy);
        long sent = System.currentTimeMillis();
        results.ranking(run, ManyResults.concept(0), step, accuracy);
        page.waitForFunction("text => window.seen[text] > 0", text);
        latencies.add(number(page.evaluate("text => window.seen[text]", text)) - sent);
        Thread.sleep(pauses.nextInt(MOST_PAUSE_MILLIS));
      }
      System.out.printf(
          Locale.ROOT,
          "record to pixel  %s; the page's longest task meanwhile %.0f ms%n",
          latencies,
          number(page.evaluate("window.longest")));
    }
  }

  private static double number(Object of) {
    return ((Number) of).doubleValue();
  }
}
