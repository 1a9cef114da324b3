package io.countersign.gateway.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.oss.OssError;
import io.countersign.verify.explain.AnswerCauses;
import io.countersign.verify.explain.ServerError;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * docs/codes.md explains every code that this program answers, and no other; its texts are written by hand. Those of docs/oss-errors.md and docs/oss-form-errors.md are the program's own: {@code -Dgolden.write=true} writes them into the pages.
 */
class CodesPageTest {
    private static final String PAGE = "docs/codes.md";
    private static final String OSS_HEADER = "| code | EC | status | message | cause and next step |";
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final int COLUMNS_OF_COMMANDS = 3;
    /** Errors whose answers say more than this page can, and the one that is not OSS's. */
    private static final Map<OssError, String> OWN = Map.of(
            OssError.INVALID_ARGUMENT,
            "An argument is malformed, unknown or duplicated; the message of the answer names it: correct it.",
            OssError.REQUEST_TOO_COSTLY,
            "Countersign bounds the steps of a decision; send fewer keys, or simplify the patterns of the policies.");

    /** The page's row for a code, as cells. */
    private record Row(String code, List<String> cells) {
        boolean isOfCommands() {
            return cells.size() == COLUMNS_OF_COMMANDS;
        }

        Set<String> statuses() {
            return isOfCommands() ? Set.of() : Set.of(cells.get(1).split(", "));
        }
    }

    @Test
    void everyCodeOfAnAnswerIsExplained() throws IOException {
        Map<String, Set<String>> answered = AnsweredCodes.ofFaces();
        assertThat(answered).hasSizeGreaterThan(100).containsKeys("InvalidToken", "AccessKeyIdMismatch", "Overloaded");
        Map<String, Set<String>> explained = new TreeMap<>();
        rows().stream()
                .filter(row -> !row.isOfCommands())
                .forEach(row -> explained
                        .computeIfAbsent(row.code(), code -> new TreeSet<>())
                        .addAll(row.statuses()));
        assertThat(explained.keySet())
                .as(
                        "the codes of the faces in %s; add a row for a new code, and delete the row of one that no face answers",
                        PAGE)
                .containsExactlyInAnyOrderElementsOf(answered.keySet());
        answered.forEach(
                (code, statuses) -> assertThat(explained.get(code)).as(code).containsAll(statuses));
    }

    @Test
    void everyCodeOfACommandIsExplained() throws IOException {
        Set<String> answered = AnsweredCodes.ofCommands();
        assertThat(answered).hasSizeGreaterThan(30).contains("RootKeyUnusable", "ManifestNotFound");
        assertThat(rows().stream().filter(Row::isOfCommands).map(Row::code))
                .as(
                        "the codes in the section Commands of %s; add a row for a new code, and delete the row of one that no command answers",
                        PAGE)
                .containsExactlyInAnyOrderElementsOf(answered);
    }

    @Test
    void noExplanationIsEmpty() throws IOException {
        assertThat(rows())
                .allSatisfy(row -> assertThat(row.cells())
                        .allSatisfy(cell -> assertThat(cell).isNotBlank()));
    }

    @Test
    void theTablesOfOssErrorsAreTheProgramsOwn() throws IOException {
        Golden.table("docs/oss-errors.md", OSS_HEADER, rows(error -> !isOfForm(error)));
        Golden.table("docs/oss-form-errors.md", OSS_HEADER, rows(CodesPageTest::isOfForm));
    }

    /** OSS numbers the errors of a form's signature 0002-000007nn, and those of its policy and file 0006-nnnnnnnn. */
    private static boolean isOfForm(OssError error) {
        return error.ec().startsWith("0002-000007") || error.ec().startsWith("0006-");
    }

    private static List<String> rows(Predicate<OssError> shown) {
        return Arrays.stream(OssError.values())
                .filter(shown)
                .map(CodesPageTest::row)
                .distinct()
                .toList();
    }

    private static String row(OssError error) {
        String sentence = OWN.getOrDefault(error, explained(error)).replace("|", "\\|");
        assertThat(sentence).as("%s", error).doesNotContain("is not known here");
        return "| `%s` | %s | %d | %s | %s |"
                .formatted(error.code(), error.ec(), error.status(), error.message(), sentence);
    }

    /** As {@code explain} tells it. */
    private static String explained(OssError error) {
        return AnswerCauses.of(
                        new ServerError(error.code(), Optional.of(error.ec()), error.message(), Map.of()),
                        Optional.empty())
                .sentence();
    }

    /** The rows of all tables of codes but OSS's; one that explains several codes counts for each. */
    private static List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        Documents.text(PAGE).lines().filter(line -> line.startsWith("| `")).forEach(line -> {
            List<String> cells = Arrays.stream(line.substring(1).split("\\|", -1))
                    .map(String::strip)
                    .collect(Collectors.toList());
            cells.removeLast();
            CODE.matcher(cells.getFirst())
                    .results()
                    .forEach(found -> rows.add(new Row(found.group(1), List.copyOf(cells))));
        });
        return rows;
    }
}
