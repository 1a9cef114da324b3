package io.countersign.gateway.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every relative link in the pages leads to a file, and every anchor to a heading, by GitHub's rule for their names. */
class LinksTest {
    private static final Pattern FENCED = Pattern.compile("(?ms)^```.*?^```\\s*$");
    private static final Pattern CODE = Pattern.compile("`[^`\\n]*`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.*?)\\s*$");
    private static final Pattern LINK_IN_HEADING = Pattern.compile("\\[([^\\]]*)\\]\\([^)]*\\)");
    private static final Pattern NO_SLUG = Pattern.compile("[^\\p{L}\\p{N}_\\- ]");
    private static final Pattern CITED = Pattern.compile("protocol\\.md (\\d+(?:\\.\\d+)?)");
    private static final Pattern SECTION = Pattern.compile("(?m)^##+ (\\d+(?:\\.\\d+)?)\\b");

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        int links = 0;
        for (Path page : Documents.pages()) {
            String prose = CODE.matcher(
                            FENCED.matcher(Documents.text(page.toString())).replaceAll(""))
                    .replaceAll("");
            for (String link :
                    LINK.matcher(prose).results().map(found -> found.group(1)).toList()) {
                if (link.contains("://") || link.startsWith("mailto:")) {
                    continue;
                }
                links++;
                problem(page, link).ifPresent(said -> broken.add(page + ": " + link + ": " + said));
            }
        }
        assertThat(broken).isEmpty();
        assertThat(links).isGreaterThan(100);
    }

    private static Optional<String> problem(Path page, String link) throws IOException {
        int hash = link.indexOf('#');
        String file = hash < 0 ? link : link.substring(0, hash);
        Path target = file.isEmpty()
                ? page
                : Optional.ofNullable(page.getParent())
                        .orElse(Path.of(""))
                        .resolve(file)
                        .normalize();
        if (!Files.exists(Documents.REPOSITORY.resolve(target))) {
            return Optional.of("no such file");
        }
        return hash < 0 || anchors(target).contains(link.substring(hash + 1))
                ? Optional.empty()
                : Optional.of("no such heading");
    }

    private static Set<String> anchors(Path page) throws IOException {
        String text = FENCED.matcher(Documents.text(page.toString())).replaceAll("");
        Map<String, Integer> seen = new HashMap<>();
        return HEADING.matcher(text)
                .results()
                .map(found -> slug(found.group(1)))
                .map(slug -> {
                    int before = seen.merge(slug, 1, Integer::sum) - 1;
                    return before == 0 ? slug : slug + "-" + before;
                })
                .collect(Collectors.toSet());
    }

    private static String slug(String heading) {
        String plain = LINK_IN_HEADING.matcher(heading).replaceAll("$1").toLowerCase(Locale.ROOT);
        return NO_SLUG.matcher(plain).replaceAll("").replace(' ', '-');
    }

    @Test
    void everySectionOfTheProtocolNotesThatACommentCitesIsThere() throws IOException {
        Set<String> sections = SECTION.matcher(Documents.text("docs/protocol.md"))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
        Set<String> cited = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Documents.REPOSITORY.resolve("functions"))) {
            for (Path file : files.filter(LinksTest::isSource).toList()) {
                CITED.matcher(Files.readString(file))
                        .results()
                        .map(found -> found.group(1))
                        .forEach(cited::add);
            }
        }
        assertThat(cited).hasSizeGreaterThan(15);
        assertThat(sections).containsAll(cited);
    }

    private static boolean isSource(Path file) {
        return file.toString().endsWith(".java") && !file.toString().contains("/target/");
    }
}
