package io.salient.ranking.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.salient.ranking.LockedService;
import io.salient.ranking.live.ResultFeed;
import io.salient.ranking.live.ResultStream;
import io.salient.schemas.ResultKey;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The page in a browser, where tokens are asked for. */
@QuarkusTest
@TestProfile(LockedService.class)
class LoginTest {
  @Inject ResultStream results;

  @TestHTTPResource("/")
  URI address;

  @AfterEach
  void leaveNothing() {
    results.keys().stream()
        .map(ResultKey::text)
        .forEach(key -> ResultFeed.feed(results, key, null));
  }

  @Test
  void shouldShowTheRunsOfATokenAndFollowThem() {
    new GivenRun(results, "mine").ranked(List.of("upos"), 0, 20);
    new GivenRun(results, "unseen-7").ranked(List.of("upos"), 0, 20);
    try (Chromium chromium = Chromium.start();
        Chromium.Tab tab = chromium.open(1200, 800)) {
      Page page = tab.page;
      // given
      page.navigate(address.toString());
      assertThat(page).hasURL(address + "login");
      assertThat(new AxeBuilder(page).analyze().getViolations()).isEmpty();
      assertThat(tab.errors).isEmpty();

      // when wrong, then right
      page.getByLabel("Token").fill("not-a-token");
      page.getByText("Log in", new Page.GetByTextOptions().setExact(true)).click();
      assertThat(page.locator("#message")).containsText("not known");
      tab.errors.clear(); // the browser's own line for 401
      page.getByLabel("Token").fill(LockedService.MINE);
      page.getByText("Log in", new Page.GetByTextOptions().setExact(true)).click();

      // then
      assertThat(page.locator("#connection")).hasText("live");
      assertThat(page.locator("#facts")).containsText("mine");
      assertThat(page.content()).doesNotContain("unseen-7");
      assertThat(page.evaluate("document.cookie")).isEqualTo("");
      assertThat(tab.errors).isEmpty();

      // when it goes
      page.context().clearCookies();
      page.reload();

      // then
      assertThat(page).hasURL(address + "login");
    }
  }
}
