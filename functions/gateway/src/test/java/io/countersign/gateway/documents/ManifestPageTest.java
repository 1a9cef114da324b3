package io.countersign.gateway.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.json.InvalidDocumentException;
import io.countersign.registry.manifest.Manifest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The bounds that docs/manifest.md tells are those of the manifest's reader. */
class ManifestPageTest {
    private static final String HEADER = "| list | entries |";
    private static final Pattern ROW = Pattern.compile("\\| (.+) \\| ([0-9,]+) \\|");
    private static final String POLICY = "{\"Version\":\"1\",\"Statement\":"
            + "[{\"Effect\":\"Allow\",\"Action\":\"oss:GetObject\",\"Resource\":\"*\"}]}";
    private static final String TRUST = "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\","
            + "\"Action\":\"sts:AssumeRole\",\"Principal\":{\"RAM\":[\"acs:ram::1:root\"]}}]}";

    /** @param entry of the list, in which # is its number */
    private record Sample(String manifest, String entry) {
        /** A list of an account. */
        static Sample ofAccount(String list, String entry) {
            return of("\"" + list + "\":%", entry);
        }

        /** A list of the one entry of a list of an account. */
        static Sample within(String list, String element, String entry) {
            return of("\"" + list + "\":[" + element + "%}]", entry);
        }

        private static Sample of(String member, String entry) {
            return new Sample("{\"accounts\":[{\"id\":\"1\"," + member + "}]}", entry);
        }

        /** What the reader says of so many entries; empty when it takes them. */
        Optional<String> refusal(int entries) {
            String list = IntStream.range(0, entries)
                    .mapToObj(i -> entry.replace("#", "" + i))
                    .collect(Collectors.joining(","));
            try {
                Manifest.parse(manifest.replace("%", "[" + list + "]"));
                return Optional.empty();
            } catch (InvalidDocumentException e) {
                return Optional.of(e.problem());
            }
        }
    }

    private static final String USER = "{\"name\":\"u\",";
    private static final String ROLE = "{\"name\":\"r\",\"trust\":" + TRUST + ",";
    private static final String PROVIDER = "{\"name\":\"p\",\"issuer\":\"https://login.example\",";
    private static final String BUCKET = "{\"name\":\"photos\",\"region\":\"cn-hangzhou\",";
    private static final String UPLOAD = "{\"name\":\"a\",\"bucket\":\"photos\",\"role\":\"r\",\"key\":\"${uuid}\","
            + "\"maxBytes\":1,\"as\":\"put\",";

    /** Entries that are not read, because the list is too long or they are not what they should be, do for the lists of an account. */
    private static final Map<String, Sample> SAMPLES = Map.ofEntries(
            Map.entry("`accounts`", new Sample("{\"accounts\":%}", "{\"id\":\"#\"}")),
            Map.entry("`accessKeys` of an account", Sample.ofAccount("accessKeys", "{}")),
            Map.entry("`users` of an account", Sample.ofAccount("users", "{\"name\":\"u#\"}")),
            Map.entry("`accessKeys` of a user", Sample.within("users", USER + "\"accessKeys\":", "{}")),
            Map.entry("`policies` of a user", Sample.within("users", USER + "\"policies\":", POLICY)),
            Map.entry("`roles` of an account", Sample.ofAccount("roles", "{\"name\":\"r#\",\"trust\":" + TRUST + "}")),
            Map.entry("`policies` of a role", Sample.within("roles", ROLE + "\"policies\":", POLICY)),
            Map.entry("`oidcProviders` of an account", Sample.ofAccount("oidcProviders", "{}")),
            Map.entry(
                    "`clientIds` of a provider", Sample.within("oidcProviders", PROVIDER + "\"clientIds\":", "\"c#\"")),
            Map.entry(
                    "`keys` of a provider's `jwks`",
                    Sample.of(
                            "\"oidcProviders\":[" + PROVIDER + "\"clientIds\":[\"c\"],\"jwks\":{\"keys\":%}}]", "{}")),
            Map.entry("`buckets` of an account", Sample.ofAccount("buckets", "{}")),
            Map.entry("`domains` of a bucket", Sample.within("buckets", BUCKET + "\"domains\":", "\"d#.example.com\"")),
            Map.entry("`objectAcls` of a bucket", Sample.within("buckets", BUCKET + "\"objectAcls\":", "{}")),
            Map.entry("`cors` of a bucket", Sample.within("buckets", BUCKET + "\"cors\":", "{}")),
            Map.entry("`uploads` of an account", Sample.ofAccount("uploads", "{}")),
            Map.entry(
                    "`contentTypes` of an upload",
                    Sample.within("uploads", UPLOAD + "\"contentTypes\":", "\"image/x#\"")));

    @Test
    void eachListTakesAsManyEntriesAsThePageSays() throws IOException {
        List<String> rows = Documents.rows("docs/manifest.md", HEADER);
        assertThat(rows).hasSize(SAMPLES.size());
        for (String row : rows) {
            Matcher cells = ROW.matcher(row);
            assertThat(cells.matches()).as(row).isTrue();
            assertThat(SAMPLES).containsKey(cells.group(1));
            Sample sample = SAMPLES.get(cells.group(1));
            int most = Integer.parseInt(cells.group(2).replace(",", ""));
            assertThat(sample.refusal(most + 1))
                    .as(row)
                    .hasValueSatisfying(problem -> assertThat(problem).endsWith("at most " + most + " are taken"));
            assertThat(sample.refusal(most))
                    .as(row)
                    .satisfiesAnyOf(
                            none -> assertThat(none).isEmpty(),
                            other -> assertThat(other.orElseThrow()).doesNotContain("are taken"));
        }
    }

    @Test
    void aFileHasAtMostFourMebicharacters() {
        assertThat(Manifest.MAX_LENGTH).isEqualTo(4 << 20);
        String manifest = "{\"accounts\":[]}";
        assertThatThrownBy(() -> Manifest.parse(manifest + " ".repeat(Manifest.MAX_LENGTH + 1 - manifest.length())))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageContaining("longer than " + Manifest.MAX_LENGTH);
    }
}
