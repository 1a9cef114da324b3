package io.countersign.gateway.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.gateway.live.LiveGateway;
import io.restassured.RestAssured;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard, the alerts and the page on watching name only metrics that a gateway has. */
class ObservabilityFilesTest {
    private static final Pattern NAME = Pattern.compile("\\b(?:countersign|jvm|process)_[a-z_]+\\b");
    private static final Pattern SAMPLE = Pattern.compile("^([a-z_]+)[{ ]", Pattern.MULTILINE);

    @TempDir
    Path directory;

    @Test
    void everyMetricExists() throws Exception {
        Set<String> scraped = scraped();
        for (String file : new String[] {
            "infra/observability/dashboard.json",
            "infra/observability/alerts.yaml",
            "infra/observability/alerts.test.yaml",
            "docs/watching.md"
        }) {
            Set<String> named = NAME.matcher(Documents.text(file))
                    .results()
                    .map(MatchResult::group)
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(named).as(file).isNotEmpty();
            assertThat(named)
                    .as(file)
                    .allMatch(name -> scraped.contains(name)
                            || scraped.contains(name + "_bucket")
                            || scraped.contains(name + "_count"));
        }
    }

    @Test
    void thePageHasEveryMetricOfCountersign() throws Exception {
        String page = Documents.text("docs/watching.md");
        assertThat(scraped())
                .filteredOn(name -> name.startsWith("countersign_"))
                .allMatch(name -> page.contains("`" + name.replaceFirst("_(bucket|count|sum)$", "")));
    }

    /** The names of a scrape after a decision and the first census. */
    private Set<String> scraped() throws Exception {
        Path manifest = Files.writeString(
                directory.resolve("manifest.yaml"), "accounts: [{id: \"1234567890123456\", accessKeys: [{}]}]\n");
        try (LiveGateway gateway = new LiveGateway(manifest, directory.resolve("data"), InstantSource.system())) {
            RestAssured.get(gateway.url() + "/token");
            Instant end = Instant.now().plus(Duration.ofSeconds(20));
            String text = "";
            while (!text.contains("countersign_keys_due ") && Instant.now().isBefore(end)) {
                text = RestAssured.get(gateway.url() + "/metrics").asString();
            }
            return SAMPLE.matcher(text)
                    .results()
                    .map(sample -> sample.group(1))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
