package io.salient.ranking.page;

import static org.junit.jupiter.api.Assumptions.abort;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The system's Chromium, without a window; nothing is downloaded. */
final class Chromium implements AutoCloseable {
  private static final List<String> PLACES =
      List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");

  private final Playwright playwright;
  private final Browser browser;

  private Chromium(Path executable) {
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(executable)
                    .setArgs(List.of("--no-sandbox", "--disable-gpu")));
  }

  /** Starts it; skips the tests where there is none. */
  static Chromium start() {
    return Stream.of(System.getProperty("salient.test.chromium", ""))
        .filter(place -> !place.isEmpty())
        .findFirst()
        .or(() -> PLACES.stream().filter(place -> Files.isExecutable(Path.of(place))).findFirst())
        .map(place -> new Chromium(Path.of(place)))
        .orElseGet(
            () ->
                abort(
                    "SKIPPED: the page's tests need Chromium at one of "
                        + PLACES
                        + " or at -Dsalient.test.chromium=PATH"));
  }

  /** A tab of a browser that was never used, with what it complains of. */
  Tab open(int width, int height) {
    BrowserContext context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setViewportSize(width, height)
                .setColorScheme(ColorScheme.LIGHT));
    return new Tab(context, context.newPage());
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }

  /** One page, its errors, and what it asked the service for. */
  static final class Tab implements AutoCloseable {
    final Page page;
    final List<String> errors = new ArrayList<>();
    final List<String> asked = new ArrayList<>();
    private final BrowserContext context;

    private Tab(BrowserContext context, Page page) {
      this.context = context;
      this.page = page;
      page.onConsoleMessage(
          message -> {
            boolean health = message.location().contains("/q/health"); // no broker: it is not ready
            if (message.type().equals("error") && !health) {
              errors.add(message.text());
            }
          });
      page.onPageError(errors::add);
      page.onRequest(
          request -> {
            if (request.url().contains("/api/")) {
              asked.add(request.url().replaceAll(".*/api/", "/api/"));
            }
          });
    }

    /** True when the page is wider than its window. */
    boolean scrollsSideways() {
      return (Boolean)
          page.evaluate(
              "document.documentElement.scrollWidth > document.documentElement.clientWidth");
    }

    @Override
    public void close() {
      context.close();
    }
  }
}
